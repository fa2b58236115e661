import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSameExperiment } from "../../src/protocol/problems";
import type { SavedRun, WholeTraining } from "../../src/protocol/saved-training";
import { decodeHistoryFile } from "../../src/storage/history-file";
import { DrivenPage, exportNames } from "../driven-page/driven-page";
import { importTrainings, openNewest } from "../driven-page/saved-trainings";
import { saveTensorBoard } from "../experiment/exported-folders";
import { lastingAddress, openProfile } from "../resume/browser-profile";
import { serveFolder } from "../resume/built-page";
import { historyFile, trainingName } from "../resume/resumable-training";
import { writeWhole, writtenWhole } from "../resume/whole-file";
import { type ChosenKernels, differingKernels } from "./chosen-kernels";
import { experimentOf, hashOfPlan, type Plan, readPlan, type Shard } from "./plan";
import { hashOfBytes, readResult, readTraining, shardFolder } from "./shard-files";
import { ranges } from "./status";

/** A shard's training with its place in the plan. */
interface Part {
  readonly index: number;
  readonly whole: WholeTraining;
  /** None where nothing was timed. */
  readonly kernels?: ChosenKernels;
}

/**
 * Joins the trainings of all shards into one, as a process that trained everything would have recorded it. A pure
 * function of the shards' trainings: the same result whatever their order. @throws Error with a sentence for the
 * terminal
 */
export function joined(plan: Plan, parts: readonly Part[], mixed = false): WholeTraining {
  const inOrder = parts.toSorted((a, b) => a.index - b.index);
  const gone = plan.shards
    .map((_, index) => index)
    .filter((index) => !inOrder.some((part) => part.index === index));
  if (gone.length > 0) throw new Error(`These shards are not done: ${ranges(gone)}.`);
  for (const { index, whole } of inOrder) requireOwn(plan, index, whole);
  const devices = [...new Set(inOrder.map(({ whole }) => whole.training.device))];
  const backends = new Set(devices.map((device) => /\((\w+)\)$/.exec(device)?.[1] ?? device));
  if (backends.size > 1 && !mixed) {
    throw new Error(
      `The shards were trained by different backends, whose numbers differ: ${devices.join("; ")}. Plan with --backend, or merge with --mixed.`,
    );
  }
  const differing = differingKernels(inOrder.map(({ index, kernels = {} }) => ({ index, kernels })));
  if (differing && !mixed) {
    throw new Error(
      `Shards ${differing.join(" and ")} have chosen different kernels by timing, whose rounding differs. Merge with --mixed if that may be.`,
    );
  }
  const trainings = inOrder.map(({ whole }) => whole.training);
  const runs = inOrder.flatMap(({ index, whole }) =>
    whole.training.runs.map((run) => renumbered(run, plan.shards[index] as Shard)),
  );
  const batches = inOrder.flatMap(({ index, whole }) =>
    whole.batches.map((batch) => ({ ...batch, runId: wholeRunId(batch.runId, plan.shards[index] as Shard) })),
  );
  const place = ({ arm, seed }: { arm: number; seed: number }) =>
    arm * plan.experiment.seeds.length + plan.experiment.seeds.indexOf(seed);
  const sorted = runs.toSorted((a, b) => place(a.planned) - place(b.planned));
  const order = sorted.map(({ planned }) => planned.runId);
  const [first] = trainings;
  return {
    training: {
      id: idOf(plan, parts),
      name: "",
      tags: [],
      note: "",
      startedAt: Math.min(...trainings.map(({ startedAt }) => startedAt)),
      updatedAt: Math.max(...trainings.map(({ updatedAt }) => updatedAt)),
      status: "finished",
      device: devices.join("; ").slice(0, 400),
      experiment: { ...plan.experiment, dataset: first?.experiment.dataset ?? plan.experiment.dataset },
      runs: sorted,
    },
    batches: batches.toSorted((a, b) => order.indexOf(a.runId) - order.indexOf(b.runId)),
  };
}

function requireOwn(plan: Plan, index: number, { training }: WholeTraining): void {
  const shard = plan.shards[index];
  const wanted = shard && experimentOf(plan, shard);
  const given = { ...training.experiment, dataset: wanted?.dataset ?? training.experiment.dataset };
  if (!wanted || !isSameExperiment(given, wanted)) {
    throw new Error(`Shard ${index} has trained another experiment than the plan's.`);
  }
}

/** From a run's name in its shard to the one in the whole experiment. */
function wholeRunId(runId: string, { arms }: Shard): string {
  const [arm = "", seed = ""] = runId.split("-");
  return `${arms[Number(arm)] ?? arm}-${seed}`;
}

function renumbered(run: SavedRun, shard: Shard): SavedRun {
  const { planned, failure } = run;
  const runId = wholeRunId(planned.runId, shard);
  return {
    ...run,
    planned: { ...planned, runId, arm: shard.arms[planned.arm] ?? planned.arm },
    ...(failure && { failure: "runId" in failure ? { ...failure, runId } : failure }),
  };
}

/** A UUID (version 8) of the content, so that the page's history has the merged training once. */
function idOf(plan: Plan, parts: readonly Part[]): string {
  const ids = parts.toSorted((a, b) => a.index - b.index).map(({ whole }) => whole.training.id);
  const hex = createHash("sha256")
    .update(JSON.stringify([hashOfPlan(plan), ids]))
    .digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** @throws Error if a shard has the result of another plan, or its training is damaged */
async function partsIn(folder: string, plan: Plan): Promise<Part[]> {
  const hash = hashOfPlan(plan);
  const parts: Part[] = [];
  for (const index of plan.shards.keys()) {
    const result = readResult(folder, index);
    if (!result) continue;
    const own = shardFolder(folder, index);
    if (result.plan !== hash) throw new Error(`${own} is a shard of another plan.`);
    if (result.index !== index) throw new Error(`${own} has the result of shard ${result.index}.`);
    const bytes = readTraining(folder, index);
    if (hashOfBytes(bytes) !== result.training) {
      throw new Error(`${join(own, trainingName)} is not the training that the shard has recorded.`);
    }
    for await (const whole of decodeHistoryFile(new Blob([new Uint8Array(bytes)])))
      parts.push({ index, whole, kernels: result.kernels });
  }
  return parts;
}

/** Writes into the plan's folder what one process would have saved. */
export async function merge(folder: string, mixed: boolean, tensorBoard?: string): Promise<void> {
  const plan = readPlan(folder);
  const file = join(folder, trainingName);
  writeWhole(file, await historyFile(joined(plan, await partsIn(folder, plan), mixed)));
  const profile = mkdtempSync(join(tmpdir(), "retort-merge-"));
  const served = await serveFolder(join(folder, "page"));
  try {
    const context = await openProfile(profile, served.port, false);
    try {
      const driven = new DrivenPage(context.pages()[0] ?? (await context.newPage()));
      await driven.open(lastingAddress);
      await importTrainings(driven, file);
      await openNewest(driven);
      for (const name of exportNames)
        await writtenWhole(join(folder, name), (part) => driven.save(name, part));
      if (tensorBoard !== undefined) await saveTensorBoard(driven, tensorBoard);
      writeWhole(join(folder, "page.png"), await driven.page.screenshot({ fullPage: true }));
    } finally {
      await context.close();
    }
  } finally {
    await served.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
