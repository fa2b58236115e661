import { readFileSync, rmSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext } from "playwright";
import type { Experiment } from "../../src/protocol/experiment";
import type { WholeTraining } from "../../src/protocol/saved-training";
import { decodeHistoryFile, encodeHistoryFile } from "../../src/storage/history-file";
import { DrivenPage, exportNames, type Glance } from "../driven-page/driven-page";
import { hubAccount, passToHub } from "../driven-page/hub-passage";
import { exportTrainings, openNewest } from "../driven-page/saved-trainings";
import { save, savedAt } from "../driven-page/saving";
import { giveTeacher } from "../driven-page/teaching";
import { addressWith } from "../experiment/fragment";
import { progressPrinter } from "../experiment/progress-printer";
import { wantedTeacher } from "../experiment/wanted-teacher";
import { lastingAddress, openProfile, unwatched } from "./browser-profile";
import { serveFolder } from "./built-page";
import type { Interruption } from "./interruption";
import { DiskFull, writeWhole, writtenWhole } from "./whole-file";

/** A training in a browser whose profile outlives the process. */
export interface ResumableTraining {
  /** Where its results and its browser's profile lie. */
  readonly folder: string;
  /** The built page. */
  readonly page: string;
  readonly experiment: Experiment;
  /** A folder or a zip file of images. */
  readonly data?: string | undefined;
  /** A model that teaches, as the word after --teacher. */
  readonly teacher?: string | undefined;
  readonly backend?: string | undefined;
  readonly gpu: boolean;
  /** What is done with the page when the results are there. */
  readonly afterwards?: ((driven: DrivenPage) => Promise<void>) | undefined;
  /** Whether the page's exports are saved next to the training: when a run has finished, and at the end. */
  readonly exports: boolean;
  /** False once another process works on the folder. */
  readonly isHeld: () => boolean;
}

export type Outcome =
  /** `alerts` are the titles of what the page reports, such as runs that failed. */
  | { readonly kind: "finished"; readonly sentence: string; readonly alerts: readonly string[] }
  | { readonly kind: "failed"; readonly sentence: string; readonly alerts: readonly string[] }
  /** Saved, or as it was last saved; called again, it continues. */
  | { readonly kind: "interrupted"; readonly sentence: string };

/** The training with its rows, as the page's history stores it. */
export const trainingName = "training.retort.gz";
const LEAST_ROOM_BYTES = 2 ** 20;
const FIND_MS = 120_000;
/** For anything on the page that should be there. */
const BUSY_MS = 300_000;
const STORED_MS = 30_000;
const POLL_MS = 500;

/** @throws Error with a sentence for the terminal */
export async function trainResumably(
  training: ResumableTraining,
  interruption: Interruption,
): Promise<Outcome> {
  const profile = join(training.folder, "profile");
  const served = await serveFolder(training.page);
  let context: BrowserContext | undefined;
  try {
    context = await openProfile(profile, served.port, training.gpu);
    return await trainedIn(context, training, interruption);
  } catch (error) {
    if (hasNoRoom(training.folder)) throw new DiskFull(profile);
    if (error instanceof Error && /has been closed|Target crashed|Page crashed/.test(error.message)) {
      return {
        kind: "interrupted",
        sentence: "The browser has ended; the training is as it was last saved.",
      };
    }
    throw error;
  } finally {
    await context?.close().catch(() => undefined);
    await served.close();
  }
}

/** Chromium ends without saying why when it cannot write. */
function hasNoRoom(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < LEAST_ROOM_BYTES;
}

async function trainedIn(
  context: BrowserContext,
  training: ResumableTraining,
  interruption: Interruption,
): Promise<Outcome> {
  const page = context.pages()[0] ?? (await context.newPage());
  // A machine that is busy with other work keeps the page waiting.
  page.setDefaultTimeout(BUSY_MS);
  const driven = new DrivenPage(page);
  page.on("pageerror", ({ message }) => console.error(`\nThe page: ${message}`));
  await driven.open(addressWith(training.experiment, lastingAddress, training.backend));
  const begun = begin(driven, training);
  const first = await Promise.race([begun, interruption.came]);
  if (first !== undefined) {
    begun.catch(() => undefined);
    return { kind: "interrupted", sentence: `${first}: the training is as it was last saved.` };
  }
  const ending = await watched(driven, training, interruption);
  if (ending.kind === "interrupted") return ending;
  const { sentence, alerts, status } = ending.glance;
  if (status !== "finished") return { kind: "failed", sentence, alerts };
  await saveResults(driven, training, true);
  await training.afterwards?.(driven);
  return { kind: "finished", sentence, alerts };
}

/** Shows the finished training, continues the one that was interrupted, or starts it. */
async function begin(driven: DrivenPage, training: ResumableTraining): Promise<void> {
  if (training.gpu) await requireHardware(driven);
  if ((await isReopened(driven, training)) || (await isContinued(driven))) return;
  if (training.data !== undefined) await feed(driven, training.data);
  if (training.teacher !== undefined) {
    await passToHub(driven.page.context(), hubAccount(process.env));
    await giveTeacher(driven, training.experiment, await wantedTeacher(training.teacher, process.env));
  }
  await driven.button("Start").click();
}

/** A process may have been killed between the end of its training and the last file. */
async function isReopened(driven: DrivenPage, { folder }: ResumableTraining): Promise<boolean> {
  if ((await savedAt(driven.page)) > 0) return false;
  const path = join(folder, "profile", "found.gz");
  try {
    if (!(await exportTrainings(driven, path))) return false;
    const [newest] = await trainingsIn(path);
    if (newest?.training.status !== "finished") return false;
    await openNewest(driven);
    return true;
  } finally {
    rmSync(path, { force: true });
  }
}

/** Newest first. */
export async function trainingsIn(path: string): Promise<readonly WholeTraining[]> {
  const found: WholeTraining[] = [];
  for await (const whole of decodeHistoryFile(new Blob([readFileSync(path)]))) found.push(whole);
  return found.sort((a, b) => b.training.startedAt - a.training.startedAt);
}

async function isContinued(driven: DrivenPage): Promise<boolean> {
  const at = await savedAt(driven.page);
  if (at === 0) return false;
  const resume = driven.page.getByRole("button", { name: "Continue training" });
  try {
    await resume.waitFor({ timeout: FIND_MS });
  } catch {
    console.error("The saved training cannot be read: starting again.");
    return false;
  }
  console.log(`Continuing the training saved at ${new Date(at).toISOString()}.`);
  await resume.click();
  return true;
}

/** @throws Error if the browser offers no GPU: training would go on for days unnoticed */
async function requireHardware(driven: DrivenPage): Promise<void> {
  const { name, limit } = await driven.device();
  if (limit !== undefined) {
    throw new Error(`--gpu was asked for, but the browser found no GPU here: it would train on ${name}.`);
  }
  console.log(`Training on ${name}.`);
}

/** Shows the page images from the disk. @throws Error with the page's words */
/** Gives the page a folder or an archive of images. @throws Error with what the page says */
export async function feed(driven: DrivenPage, data: string): Promise<void> {
  await driven.showOwnImages();
  if (statSync(data).isDirectory()) await driven.pickFolder(data);
  else await driven.pickArchive(data);
  const loaded = driven.page.getByRole("heading", { name: "loaded" });
  await loaded.or(driven.notices).first().waitFor({ timeout: 3_600_000 });
  const problems = await driven.notices.allInnerTexts();
  if (problems.length > 0) throw new Error(problems.join("\n"));
  console.log((await driven.found.innerText()).replace(/\n+/g, "\n"));
}

const isOver = ({ status }: Glance) => status === "finished" || status === "stopped" || status === "failed";

type Watched = { readonly kind: "over"; readonly glance: Glance } | Extract<Outcome, { kind: "interrupted" }>;

/** Waits for the end, and saves what is finished as it finishes. */
async function watched(
  driven: DrivenPage,
  training: ResumableTraining,
  interruption: Interruption,
): Promise<Watched> {
  const printProgress = progressPrinter(process.stdout);
  let finished = 0;
  let hasBegun = false;
  try {
    for (;;) {
      const glance = await driven.glance();
      printProgress(glance);
      if (isOver(glance)) return { kind: "over", glance };
      if (!hasBegun && (glance.share ?? 0) > 0) {
        hasBegun = true;
        console.log("The first steps are done.");
      }
      if (!training.isHeld()) {
        return {
          kind: "interrupted",
          sentence: "Another process has taken over: leaving the training to it.",
        };
      }
      if (interruption.signal) {
        const isSaved = await save(driven);
        const sentence = isSaved ? "The training is saved." : "The training is as it was last saved.";
        return { kind: "interrupted", sentence: `${interruption.signal}: ${sentence}` };
      }
      const now = await driven.finishedRuns();
      if (now > finished) {
        finished = now;
        if (training.exports) await saveResults(driven, training, false);
      }
      await Promise.race([driven.page.waitForTimeout(POLL_MS), interruption.came]);
    }
  } finally {
    printProgress.end();
  }
}

/** The window of page.png. */
const pictured = { width: 1440, height: 1000 };

/** Every file is written whole, and replaces the one of an earlier moment. */
async function saveResults(driven: DrivenPage, training: ResumableTraining, isEnd: boolean): Promise<void> {
  const { folder, exports, isHeld } = training;
  const whole = await recorded(driven, folder, isEnd);
  if (!whole || !isHeld()) return;
  if (exports) {
    await driven.page.setViewportSize(pictured);
    for (const name of exportNames) await writtenWhole(join(folder, name), (part) => driven.save(name, part));
    writeWhole(join(folder, "page.png"), await driven.page.screenshot({ fullPage: true }));
    await driven.page.setViewportSize(unwatched);
  }
  writeWhole(join(folder, trainingName), await historyFile(whole));
}

/** The training as the page's history has it. The page stores its end a moment after it shows it. */
async function recorded(
  driven: DrivenPage,
  folder: string,
  isEnd: boolean,
): Promise<WholeTraining | undefined> {
  const path = join(folder, "profile", "all.gz");
  try {
    for (const end = Date.now() + STORED_MS; ; ) {
      const [newest] = (await exportTrainings(driven, path)) ? await trainingsIn(path) : [];
      if (newest && (!isEnd || newest.training.status === "finished")) return newest;
      if (!isEnd) return undefined;
      if (Date.now() > end) throw new Error("The page has not stored the training in its history.");
      await driven.page.waitForTimeout(POLL_MS);
    }
  } finally {
    rmSync(path, { force: true });
  }
}

/** A file that the page's history opens. */
export async function historyFile(whole: WholeTraining): Promise<Uint8Array> {
  const one = async function* () {
    yield whole;
  };
  return new Uint8Array(await (await encodeHistoryFile(one())).arrayBuffer());
}
