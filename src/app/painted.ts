/** A browser that paints nothing, in the background say, is not waited for. */
const LONGEST_WAIT_MS = 150;

/** Once the browser has painted what it has. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    // A frame's callbacks run before it is painted, and a task that they begin after that.
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST_WAIT_MS);
  });
}
