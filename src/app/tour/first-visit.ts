/** Whether somebody is here for the first time, and for no experiment in particular. */

const KEY = "retort.seen";

/** Who follows a link came to see what it holds. A browser that keeps its storage closed is not asked each time. */
export function isFirstVisit(): boolean {
  const { hash, search } = window.location;
  if (hash !== "" || search !== "") return false;
  try {
    return localStorage.getItem(KEY) === null;
  } catch {
    return false;
  }
}

export function rememberVisit(): void {
  try {
    localStorage.setItem(KEY, "1");
  } catch {
    // It is asked again.
  }
}
