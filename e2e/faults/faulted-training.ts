import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DrivenPage, type Glance } from "../driven-page/driven-page";
import { clearProfile, type KillableBrowser, startBrowser } from "./killable-browser";
import type { Fault, Schedule } from "./schedule";

const POLL_MS = 100;
/** Steps of a software GPU on a busy machine take their time. */
const PATIENCE_MS = 600_000;

/** Rows of all runs without what depends on the clock, and the final figures. */
export type Outcome = string;

export interface FaultReport {
  readonly fault: Fault;
  /** How the training went on. */
  readonly recovery: "by itself" | "continued by the visitor" | "begun anew" | "not needed";
}

export interface FaultedOutcome {
  readonly outcome: Outcome;
  readonly reports: readonly FaultReport[];
}

/** Trains the experiment of an address to its end, whatever happens on the way. */
export async function trainThrough(address: string, schedule: Schedule): Promise<FaultedOutcome> {
  const profile = mkdtempSync(join(tmpdir(), "retort-faults-"));
  let browser = await startBrowser(profile);
  const reports: FaultReport[] = [];
  try {
    let driven = await opened(browser, address);
    await driven.button("Start").click();
    for (const fault of schedule) {
      const glance = await until(driven, ({ share = 0, status }) => share >= fault.at || isOver(status));
      if (isOver(glance.status)) break;
      if (fault.saved) await save(driven);
      if (fault.kind === "kill") {
        await browser.kill();
        browser = await startBrowser(profile);
        driven = await opened(browser, address);
      } else await strike(driven, fault.kind);
      reports.push({ fault, recovery: await recover(driven, fault) });
    }
    const { status } = await until(driven, (glance) => isOver(glance.status));
    if (status !== "finished") throw new Error(`The training ended as “${status}”.`);
    return { outcome: await outcomeOf(driven, profile), reports };
  } finally {
    await browser.close();
    await clearProfile(profile);
  }
}

const isOver = (status: Glance["status"]) => status === "finished" || status === "stopped";

async function opened({ page }: KillableBrowser, address: string): Promise<DrivenPage> {
  const driven = new DrivenPage(page);
  await driven.open(address);
  return driven;
}

async function until(driven: DrivenPage, isIt: (glance: Glance) => boolean): Promise<Glance> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const glance = await driven.glance();
    if (isIt(glance)) return glance;
    await driven.page.waitForTimeout(POLL_MS);
  }
  throw new Error(`Nothing happens any more: ${JSON.stringify(await driven.glance())}`);
}

/** Scripts for the page and the worker, as texts: what compiles this file would give their functions names of its own. */
const savedAt = `(async () => {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("checkpoints");
    return (await (await folder.getFileHandle("latest")).getFile()).lastModified;
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
/** The next command encoder gives its device away. */
const loseDevice = `{
  const { createCommandEncoder } = GPUDevice.prototype;
  GPUDevice.prototype.createCommandEncoder = function (...given) {
    GPUDevice.prototype.createCommandEncoder = createCommandEncoder;
    setTimeout(() => this.destroy(), 0);
    return createCommandEncoder.apply(this, given);
  };
}`;

/** As when the tab is put aside; waits until the file is there. */
async function save({ page }: DrivenPage): Promise<void> {
  const before = await page.evaluate(savedAt);
  await page.evaluate(hide);
  const end = Date.now() + 30_000;
  while (Date.now() < end && (await page.evaluate(savedAt)) === before) await page.waitForTimeout(POLL_MS);
}

async function strike({ page }: DrivenPage, kind: Exclude<Fault["kind"], "kill">): Promise<void> {
  const worker = page.workers()[0];
  if (kind === "reload") await page.reload();
  else if (kind === "worker") await worker?.evaluate(breakWorker);
  else if (kind === "device") await worker?.evaluate(loseDevice);
  else await withoutRoom(page);
}

/** For some seconds the browser grants the page no storage: nothing can be saved. */
async function withoutRoom(page: DrivenPage["page"]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 0 });
  await page.evaluate(hide);
  await page.waitForTimeout(2_000);
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await session.detach();
}

async function recover(driven: DrivenPage, { kind, saved }: Fault): Promise<FaultReport["recovery"]> {
  if (kind === "quota") return "not needed";
  const resume = driven.page.getByRole("button", { name: "Continue training" });
  const isAlive = (status: Glance["status"]) => status === "training" || status === "finished";
  // What goes on by itself first notices what has happened to it.
  if (kind === "device" || kind === "worker") await driven.page.waitForTimeout(3_000);
  const end = Date.now() + PATIENCE_MS;
  // A page on a busy machine takes its time to find what was saved.
  const calm = Date.now() + (saved ? 90_000 : 20_000);
  while (Date.now() < end) {
    const { status } = await driven.glance();
    if (isAlive(status)) return "by itself";
    if (await resume.isVisible()) {
      await resume.click();
      return "continued by the visitor";
    }
    const start = driven.button("Start");
    if (Date.now() > calm && (status === "idle" || status === "failed") && (await start.isEnabled())) {
      await start.click();
      return "begun anew";
    }
    await driven.page.waitForTimeout(POLL_MS);
  }
  throw new Error(`The page does not recover: ${JSON.stringify(await driven.glance())}`);
}

async function outcomeOf(driven: DrivenPage, folder: string): Promise<Outcome> {
  const path = join(folder, "metrics.json");
  await driven.save("metrics.json", path);
  const clock = new Set(["wallMs", "imagesPerSecond", "gpuBytes", "device", "stageMs", "msPerStep"]);
  return JSON.stringify(
    JSON.parse(readFileSync(path, "utf8")),
    (key, value: unknown) => (clock.has(key) ? undefined : value),
    1,
  );
}
