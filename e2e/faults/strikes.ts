import type { Page } from "playwright";
import type { DrivenPage } from "../driven-page/driven-page";
import { hideScript } from "../driven-page/saving";
import { destroyDevices } from "./lost-device";
import type { Fault } from "./schedule";

/** Scripts for the page and the worker, as strings, since compiling this file would add helper calls to functions. */
const breakWorker = `void setTimeout(() => { throw new Error("a fault on purpose"); }, 0)`;
const refuseBuffers = `
  self.grantedBuffers ??= GPUDevice.prototype.createBuffer;
  GPUDevice.prototype.createBuffer = () => {
    throw new RangeError("createBuffer failed, out of memory");
  };`;
const grantBuffers = `void (GPUDevice.prototype.createBuffer = self.grantedBuffers)`;

const isEngine = (url: string) => /\/worker-[^/]*\.js$/.test(url);

/** @throws Error if the fault has no target */
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

/** Finds the engine's worker. @throws Error if there is none */
function engineOf(page: Page) {
  const engine = page.workers().find((worker) => isEngine(worker.url()));
  if (!engine) throw new Error("There is no engine.");
  return engine;
}

/** Makes the worker die of an uncaught error. */
export const breakEngine = (page: Page): Promise<unknown> => engineOf(page).evaluate(breakWorker);

/** Makes the GPU run out of memory for new buffers, with a browser's error message. */
export const starveEngine = (page: Page, isStarved: boolean): Promise<unknown> =>
  engineOf(page).evaluate(isStarved ? refuseBuffers : grantBuffers);

/** Denies the page any storage while `meanwhile` runs. */
export async function withoutRoom(page: Page, meanwhile: () => Promise<unknown>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  // A quota of 0 would mean the browser's default.
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  await page.evaluate(hideScript);
  await meanwhile();
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await session.detach();
}
