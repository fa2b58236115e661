import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DrivenPage, Glance } from "../driven-page/driven-page";
import { save } from "../driven-page/saving";
import type { HubServer } from "../hub/hub-server";
import { fetchImages, fetchOthers, fetchThrough } from "./fetched-images";
import { startImageHub } from "./image-hub";
import { clearProfile } from "./killable-browser";
import type { Fault, FaultStage, Schedule } from "./schedule";
import { strike, withoutRoom } from "./strikes";
import { Visit } from "./visit";

const POLL_MS = 100;
/** Steps on a software GPU are slow on a busy machine. */
const PATIENCE_MS = 600_000;
/** The time until the page reports that it cannot save. */
const TOLD_MS = 60_000;

/** The rows of all runs without times, and the final results. */
export type Outcome = string;

export interface FaultReport {
  readonly fault: Fault;
  /** How training continued. */
  readonly recovery:
    | "automatic"
    | "resumed by the visitor"
    | "started again"
    | "not needed"
    | "download resumed automatically"
    | "download resumed by the visitor";
}

export interface FaultedOutcome {
  readonly outcome: Outcome;
  readonly reports: readonly FaultReport[];
}

/**
 * Fetches the images of an experiment and trains it to its end, with faults.
 *
 * @param address of an experiment on imported images
 * @throws Error if a fault does not happen in its stage, or if the page does not recover
 */
export async function trainThrough(address: string, schedule: Schedule): Promise<FaultedOutcome> {
  const profile = mkdtempSync(join(tmpdir(), "retort-faults-"));
  const hub = await startImageHub();
  const visit = await Visit.begin(address, profile, hub);
  const reports: FaultReport[] = [];
  try {
    const early = schedule.filter(({ stage }) => stage === "images");
    for (const fault of early) {
      const again = await fetchThrough(visit, hub, fault);
      reports.push({
        fault,
        recovery: again > 0 ? "download resumed by the visitor" : "download resumed automatically",
      });
    }
    if (early.length === 0) await fetchImages(visit);
    await visit.driven.button("Start").click();
    for (const fault of schedule.filter(({ stage }) => stage !== "images")) {
      await due(visit.driven, fault);
      reports.push({ fault, recovery: await struck(visit, hub, fault) });
    }
    const { status } = await until(visit.driven, (glance) => isOver(glance.status));
    if (status !== "finished") throw new Error(`The training ended as “${status}”.`);
    return { outcome: await outcomeOf(visit.driven, profile), reports };
  } finally {
    await visit.close();
    await hub.close();
    await clearProfile(profile);
  }
}

const isOver = (status: Glance["status"]) => status === "finished" || status === "stopped";

async function until(driven: DrivenPage, isIt: (glance: Glance) => boolean): Promise<Glance> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const glance = await driven.glance();
    if (isIt(glance)) return glance;
    await driven.page.waitForTimeout(POLL_MS);
  }
  throw new Error(`The page makes no progress: ${JSON.stringify(await driven.glance())}`);
}

/** "teacher, epoch 2 of 6, step 12 of 60"; undefined during compilation and measurements. */
function positionIn(sentence: string): { stage: FaultStage; share: number } | undefined {
  const [, stage, step, steps] =
    /(teacher|student), epoch \d+ of \d+, step (\d+) of (\d+)/.exec(sentence) ?? [];
  return stage ? { stage: stage as FaultStage, share: Number(step) / Number(steps) } : undefined;
}

/** Waits for the moment of a fault. @throws Error if its stage ends first */
async function due(driven: DrivenPage, { kind, stage, at }: Fault): Promise<void> {
  const { sentence } = await until(driven, ({ status, sentence }) => {
    const position = positionIn(sentence);
    if (isOver(status)) return true;
    return position !== undefined && (position.stage !== stage ? stage === "teacher" : position.share >= at);
  });
  if (positionIn(sentence)?.stage !== stage) throw new Error(`“${kind}” came too late for the ${stage}.`);
}

async function struck(visit: Visit, hub: HubServer, fault: Fault): Promise<FaultReport["recovery"]> {
  const { kind, stage } = fault;
  if (fault.saved) await save(visit.driven);
  if (kind === "download") {
    const again = await fetchOthers(visit, hub, `other/of-${stage}`);
    return again > 0 ? "download resumed by the visitor" : "download resumed automatically";
  }
  if (kind === "quota") {
    const { page } = visit.driven;
    const said = page.getByRole("heading", { name: "The training is not being saved" });
    await withoutRoom(page, () => said.waitFor({ timeout: TOLD_MS }));
    return "not needed";
  }
  if (kind === "kill") await visit.killed();
  else await strike(visit.driven, kind);
  return recover(visit, fault);
}

async function recover(visit: Visit, { kind, saved }: Fault): Promise<FaultReport["recovery"]> {
  const { driven } = visit;
  const resume = driven.page.getByRole("button", { name: "Continue training" });
  const isAlive = (status: Glance["status"]) => status === "training" || status === "finished";
  // If training recovers by itself, it first has to notice the fault.
  if (kind === "device" || kind === "worker") await driven.page.waitForTimeout(3_000);
  const end = Date.now() + PATIENCE_MS;
  // On a busy machine the page needs time to find the saved training.
  const calm = Date.now() + (saved ? 90_000 : 20_000);
  while (Date.now() < end) {
    const { status } = await driven.glance();
    if (isAlive(status)) return "automatic";
    if (await resume.isVisible()) {
      await resume.click();
      return "resumed by the visitor";
    }
    const start = driven.button("Start");
    if (Date.now() > calm && (status === "idle" || status === "failed") && (await start.isEnabled())) {
      await fetchImages(visit);
      await start.click();
      return "started again";
    }
    await driven.page.waitForTimeout(POLL_MS);
  }
  throw new Error(`The page does not recover: ${JSON.stringify(await driven.glance())}`);
}

async function outcomeOf(driven: DrivenPage, folder: string): Promise<Outcome> {
  const path = join(folder, "metrics.json");
  await driven.save("metrics.json", path);
  const clock = new Set(["wallMs", "imagesPerSecond", "gpuBytes", "device", "stageMs", "msPerStep"]);
  const isOfClock = (key: string) => clock.has(key) || key.startsWith("wall_ms");
  const inOrder = (value: object) =>
    Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(
    JSON.parse(readFileSync(path, "utf8")),
    (key, value: unknown) => {
      if (isOfClock(key)) return undefined;
      // Settings that were stored and read again may have another order.
      return typeof value === "object" && value !== null && !Array.isArray(value) ? inOrder(value) : value;
    },
    1,
  );
}
