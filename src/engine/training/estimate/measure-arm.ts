import * as tf from "@tensorflow/tfjs-core";
import type { Arm } from "../../../protocol/experiment";
import type { PlannedRun, PlannedStage } from "../../../protocol/messages";
import { methodOf } from "../../../protocol/schemes";
import { compiledSteps } from "../../compiled/in-use";
import { Sampler } from "../../dataset/sampler";
import { embedImages } from "../../evaluation/embed";
import type { ResidentImages } from "../../views/resident-images";
import { createTask } from "../create-task";
import { followUp } from "../follow-up";
import { imagesWithPool } from "../images/unlabeled-pool";
import { LabeledNetwork } from "../learners/labeled-network";
import { type RunContext, trainingImagesFor, withTrainingImages } from "../run-context";
import { evaluatorFor } from "../stages/runner-for";
import { Stage } from "../stages/stage";
import { withStudentStart } from "../start";
import type { EvaluatedNetwork, Task } from "../tasks/parts/task";
import { TeacherPool } from "../teachers/teacher-pool";
import type { MeasuredNetwork, MeasuredStage } from "./measured";

/** Steps are taken in longer and longer turns, as in training, until they have taken this long, in milliseconds. */
const enoughMs = 250;
/** The largest number of steps taken: schedules and phases of a stage are as long as this, or longer. */
const mostSteps = 1_000;

export interface Measuring {
  readonly context: RunContext;
  readonly signal: AbortSignal;
  /** Whether a stage of the run still needs to be measured. */
  readonly isWanted: (stage: number) => boolean;
  readonly measured: (stage: number, found: MeasuredStage) => void;
}

/**
 * Takes some steps of each stage of a run, with networks that have learned next to nothing, and times them.
 *
 * @throws the signal's reason between two turns
 */
export async function measureArm(given: PlannedRun, arm: Arm, measuring: Measuring): Promise<void> {
  const { context, isWanted, measured } = measuring;
  const { experiment } = context;
  const stages = given.stages.map((stage) => ({ ...stage, steps: Math.max(stage.steps, mostSteps) }));
  const run: PlannedRun = { ...given, stages };
  const owned: { dispose(): void }[] = [];
  const own = <T extends { dispose(): void }>(made: T): T => {
    owned.unshift(made);
    return made;
  };
  const time = async (at: number, stage: Stage, task: Task, side?: number) => {
    if (isWanted(at)) measured(at, await measureStage(stage, task, run.seed, measuring, side));
    else await takeFirst(stage);
  };
  try {
    const before = own(new TeacherPool(context)).join(run, arm);
    for (const [at, { runner }] of before.stages.entries()) {
      await time(at, runner.options.stage, runner.options.task);
    }
    const first = before.stages.length;
    const ownWanted = run.stages.some((_, at) => at >= first && isWanted(at));
    if (!ownWanted) return;
    const teacher = before.taughtBy;
    const pooled = await imagesWithPool(context, arm.scheme, teacher);
    const images = pooled ? own(pooled.images) : trainingImagesFor(methodOf(arm.scheme).needsLabels, context);
    const started = withStudentStart(withTrainingImages(images, context), arm, before.pretraining);
    const task = own(createTask(started, arm, run.seed, teacher, own));
    const plan = run.stages[first] as PlannedStage;
    const sampler = new Sampler(run.seed, images.set.count, experiment.batchSize);
    const { inputs } = context;
    const { seed } = run;
    await time(first, own(new Stage({ plan, arm, seed, sampler, images, inputs, task })), task);
    const network = task.student?.classifier;
    if (!(network instanceof LabeledNetwork)) return;
    for (const [at, later] of run.stages.entries()) {
      if (at <= first || !isWanted(at)) continue;
      const { options } = own(followUp(later, { context, arm, seed: run.seed, network, teacher }));
      await time(at, options.stage, options.task);
    }
  } finally {
    for (const one of owned) one.dispose();
  }
}

/** Waits for a macrotask, so that messages are handled. @throws the signal's reason */
export async function giveWay(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, 0));
  signal.throwIfAborted();
}

/** Takes the first step, which gives a network weights of its own. */
async function takeFirst(stage: Stage): Promise<void> {
  await stage.prepare();
  await stage.advanceBy(1);
  await stage.report();
}

async function measureStage(
  stage: Stage,
  task: Task,
  seed: number,
  { context, signal }: Measuring,
  side?: number,
): Promise<MeasuredStage> {
  await giveWay(signal);
  const firstMs = await timed(() => takeFirst(stage));
  let [stepMs, total] = [firstMs, 0];
  for (let steps = 1; total < enoughMs && stage.step + steps < mostSteps; steps *= 2) {
    await giveWay(signal);
    const askedMs = stage.asked.ms;
    const tookMs = await timed(async () => {
      await stage.prepare();
      await stage.advanceBy(steps);
      await stage.report();
    });
    stepMs = (tookMs - (stage.asked.ms - askedMs)) / steps;
    total += tookMs;
  }
  const threads = compiledSteps()?.threads ?? 1;
  const canShare = threads > 1 && stage.apart?.step !== undefined;
  const apart = canShare && { threads, stepMs: await onOneThread(stage, stepMs, signal) };
  const networks: MeasuredNetwork[] = [];
  for (const role of ["student", "teacher"] as const) {
    const found = task[role];
    if (found) networks.push({ role, ...(await measureNetwork(found, context, signal, side)) });
  }
  const length = stage.answerLength;
  const askMs = stage.asked.ms / Math.max(1, stage.asked.steps);
  return {
    stepMs,
    firstMs,
    ...(apart && { apart }),
    networks,
    ownMs: await ownMetricsMs(task, seed, context, signal),
    ...(length !== undefined && { answers: { askMs, length } }),
  };
}

/** The time of a step on one thread. @param stepMs on all of them */
async function onOneThread(stage: Stage, stepMs: number, signal: AbortSignal): Promise<number> {
  await giveWay(signal);
  const steps = Math.max(1, Math.floor(enoughMs / 4 / stepMs));
  return (await timed(() => stage.advanceBy(steps, 1).then(() => stage.report()))) / steps;
}

async function measureNetwork(
  { backbone }: EvaluatedNetwork,
  { parts, experiment }: RunContext,
  signal: AbortSignal,
  side?: number,
): Promise<Omit<MeasuredNetwork, "role">> {
  const chunk = 2 * experiment.batchSize;
  const embed = (chunks: number) => timed(() => embedded(backbone, parts.train, chunk, chunks, side));
  await giveWay(signal);
  const once = await embed(1);
  await giveWay(signal);
  const again = await embed(1);
  const chunks = Math.max(1, Math.min(8, Math.floor(enoughMs / 2 / again)));
  await giveWay(signal);
  const imageMs = (await embed(chunks)) / (chunks * chunk);
  return { features: backbone.encoder.features, imageMs, firstMs: Math.max(0, once - again) };
}

async function embedded(
  backbone: EvaluatedNetwork["backbone"],
  images: ResidentImages,
  chunk: number,
  chunks: number,
  side?: number,
): Promise<void> {
  const indices = Int32Array.from({ length: chunk * chunks }, (_, at) => at % images.set.count);
  const features = embedImages(backbone, images, indices, chunk, side);
  await features.data();
  tf.dispose(features);
}

/** Per image of the validation part, on which tasks measure them. */
async function ownMetricsMs(
  task: Task,
  seed: number,
  context: RunContext,
  signal: AbortSignal,
): Promise<number> {
  if (!task.evaluate) return 0;
  const evaluator = evaluatorFor(context, seed);
  let ms = 0;
  // The first time also compiles.
  for (let time = 0; time < 2; time++) {
    await giveWay(signal);
    ms = await timed(async () => void (await task.evaluate?.(evaluator, 1)));
  }
  return ms / context.parts.validation.set.count;
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
