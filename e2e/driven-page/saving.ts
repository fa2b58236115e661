import type { Page } from "@playwright/test";
import type { DrivenPage } from "./driven-page";

const POLL_MS = 100;
const PATIENCE_MS = 30_000;

/** Scripts for the page, as strings, since compiling this file would add helper calls to functions. */
const savedAtScript = `(async () => {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("checkpoints");
    // An empty file was only created; its content arrives when writing is complete.
    const file = await (await folder.getFileHandle("latest")).getFile();
    return file.size > 0 ? file.lastModified : 0;
  } catch {
    return 0;
  }
})()`;
/** Makes the page believe that its tab was hidden and shown again. */
export const hideScript = `
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
  Reflect.deleteProperty(document, "visibilityState");
  document.dispatchEvent(new Event("visibilitychange"));`;

/** When the training that has not ended was last saved, in milliseconds since 1970; 0 if there is none. */
export const savedAt = (page: Page): Promise<number> => page.evaluate<number>(savedAtScript);

/** Saves as if the tab were hidden, and waits for the file. Resolves to whether it came. */
export async function save({ page }: DrivenPage): Promise<boolean> {
  const before = await savedAt(page);
  await page.evaluate(hideScript);
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    if ((await savedAt(page)) !== before) return true;
    await page.waitForTimeout(POLL_MS);
  }
  return false;
}
