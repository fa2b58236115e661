import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { requireData } from "../experiment/run-file";
import { hashOf } from "../resume/content-hash";
import { lockFolder } from "../resume/folder-lock";
import { exitCodes, type Interruption } from "../resume/interruption";
import { trainResumably } from "../resume/resumable-training";
import { sentenceOf } from "../resume/sentence";
import { type ChosenKernels, chosenKernels } from "./chosen-kernels";
import { describe, experimentOf, hashOfPlan, type Plan, readPlan } from "./plan";
import { hashOfBytes, readResult, readTraining, shardFolder, writeResult, writeStatus } from "./shard-files";

/** The command cannot succeed however often it is called. */
export class Refused extends Error {}

/**
 * Trains one shard of a plan, or continues it. A shard that is done is left as it is, so calling this twice does no
 * harm. Resolves to the exit code. @throws Refused, FolderBusy, DiskFull
 */
export async function trainShard(folder: string, index: number, interruption: Interruption): Promise<number> {
  const plan = planOf(folder);
  const shard = plan.shards[index];
  if (!shard) {
    throw new Refused(`There is no shard ${index}: ${folder} has shards 0 to ${plan.shards.length - 1}.`);
  }
  const hash = hashOfPlan(plan);
  if (isDone(folder, index, hash)) return exitCodes.done;
  requireParts(folder, plan);
  mkdirSync(shardFolder(folder, index), { recursive: true });
  const lock = await lockFolder(shardFolder(folder, index), console.log);
  try {
    // Another process may have finished it in the meantime.
    if (isDone(folder, index, hash)) return exitCodes.done;
    const tell = (state: "training" | "interrupted" | "failed", sentence: string) =>
      writeStatus(folder, index, { state, sentence, attempts: lock.attempt, at: new Date().toISOString() });
    console.log(`Shard ${index}: ${describe(plan, shard)}; attempt ${lock.attempt}.`);
    tell("training", describe(plan, shard));
    let kernels: ChosenKernels = {};
    const outcome = await trainResumably(
      {
        folder: shardFolder(folder, index),
        page: join(folder, "page"),
        experiment: experimentOf(plan, shard),
        data: plan.data?.path,
        backend: plan.backend,
        gpu: plan.gpu,
        exports: false,
        isHeld: lock.isHeld,
        afterwards: async ({ page }) => {
          kernels = await chosenKernels(page);
        },
      },
      interruption,
    ).catch((error: unknown) => {
      // A full disk has no room for it.
      try {
        if (lock.isHeld()) tell("failed", sentenceOf(error));
      } catch {}
      throw error;
    });
    console.log(outcome.sentence);
    if (outcome.kind === "interrupted") {
      if (lock.isHeld()) tell("interrupted", outcome.sentence);
      return exitCodes.again;
    }
    for (const alert of outcome.alerts) console.error(alert);
    if (outcome.kind === "failed") {
      tell("failed", outcome.sentence);
      return exitCodes.failed;
    }
    const training = hashOfBytes(readTraining(folder, index));
    writeResult(folder, index, { plan: hash, index, training, alerts: [...outcome.alerts], kernels });
    rmSync(join(shardFolder(folder, index), "profile"), { recursive: true, force: true });
    return outcome.alerts.length === 0 ? exitCodes.done : exitCodes.failed;
  } finally {
    lock.release();
  }
}

function planOf(folder: string): Plan {
  try {
    return readPlan(folder);
  } catch (error) {
    throw new Refused(error instanceof Error ? error.message : String(error));
  }
}

function isDone(folder: string, index: number, plan: string): boolean {
  const result = readResult(folder, index);
  if (!result) return false;
  if (result.plan !== plan) {
    throw new Refused(`${shardFolder(folder, index)} has the result of another plan: use another folder.`);
  }
  console.log(`Shard ${index} is done.`);
  return true;
}

/** @throws Refused if the page or the images are not those of the plan */
function requireParts(folder: string, plan: Plan): void {
  try {
    if (plan.data) requireData(plan.data);
    if (hashOf(join(folder, "page")) === plan.page) return;
  } catch (error) {
    throw new Refused(error instanceof Error ? error.message : String(error));
  }
  throw new Refused(`The page in ${join(folder, "page")} is not the one that the plan was made with.`);
}
