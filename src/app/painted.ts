/** Milliseconds to wait at most: a browser tab in the background may not paint at all. */
const LONGEST_WAIT_MS = 150;

/** Resolves once the browser has painted the current content. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    // Frame callbacks run before painting; a task that they start runs after it.
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST_WAIT_MS);
  });
}
