/** Returns whether this is a first visit without a particular experiment. */

const KEY = "retort.seen";

/** Visitors who follow a link came for its content. Browsers that block storage are not asked every time. */
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
    // It will be offered again.
  }
}
