import type { Page } from "playwright";
import type { DrivenPage } from "../driven-page/driven-page";
import { destroyDevices } from "./lost-device";
import type { Fault } from "./schedule";

const POLL_MS = 100;

/** Scripts for the page and the worker, as texts: what compiles this file would give their functions names of its own. */
const savedAt = `(async () => {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("checkpoints");
    // Empty, it was only created: what is written comes to it when all of it is there.
    const file = await (await folder.getFileHandle("latest")).getFile();
    return file.size > 0 ? file.lastModified : 0;
  } catch {
    return 0;
  }
})()`;
const hide = `
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
  Reflect.deleteProperty(document, "visibilityState");
  document.dispatchEvent(new Event("visibilitychange"));`;
const breakWorker = `void setTimeout(() => { throw new Error("a fault on purpose"); }, 0)`;
const refuseBuffers = `
  self.grantedBuffers ??= GPUDevice.prototype.createBuffer;
  GPUDevice.prototype.createBuffer = () => {
    throw new RangeError("createBuffer failed, out of memory");
  };`;
const grantBuffers = `void (GPUDevice.prototype.createBuffer = self.grantedBuffers)`;

const isEngine = (url: string) => /\/worker-[^/]*\.js$/.test(url);

/** As when the tab is put aside; waits until the file is there. */
export async function save({ page }: DrivenPage): Promise<void> {
  const before = await page.evaluate(savedAt);
  await page.evaluate(hide);
  const end = Date.now() + 30_000;
  while (Date.now() < end && (await page.evaluate(savedAt)) === before) await page.waitForTimeout(POLL_MS);
}

/** @throws when there is nothing that could be struck */
export async function strike(
  { page }: DrivenPage,
  kind: Extract<Fault["kind"], "reload" | "worker" | "device">,
) {
  if (kind === "reload") {
    await page.reload();
    return;
  }
  if (kind === "worker") await breakEngine(page);
  else await destroyDevices(page, isEngine);
}

/** @throws when there is none */
function engineOf(page: Page) {
  const engine = page.workers().find((worker) => isEngine(worker.url()));
  if (!engine) throw new Error("There is no engine.");
  return engine;
}

/** It dies of an error that nobody catches. */
export const breakEngine = (page: Page): Promise<unknown> => engineOf(page).evaluate(breakWorker);

/** Whether the GPU has no room for another buffer, as browsers say it. */
export const starveEngine = (page: Page, isStarved: boolean): Promise<unknown> =>
  engineOf(page).evaluate(isStarved ? refuseBuffers : grantBuffers);

/** The browser grants the page no storage until it has been waited for. */
export async function withoutRoom(page: Page, meanwhile: () => Promise<unknown>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  // None at all would mean that the browser decides.
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  await page.evaluate(hide);
  await meanwhile();
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await session.detach();
}
