import * as tf from "@tensorflow/tfjs-core";
import type { Arm } from "../../protocol/experiment";
import type { PlannedStage } from "../../protocol/messages";
import { methodOf } from "../../protocol/schemes";
import { ResidentTensor } from "../backend/resident-tensor";
import { Sampler } from "../dataset/sampler";
import type { NamedNumbers } from "../networks/parameters";
import { ParameterStore } from "../networks/parameters";
import { runningMomentum } from "../operations/batch-norm/batch-norm";
import { adamMoments } from "../optimizers/adam/rule";
import { trustCoefficients } from "../optimizers/lars/rule";
import { StepInputs } from "../optimizers/step-inputs";
import { watchViews } from "../views/render-views";
import { ResidentImages } from "../views/resident-images";
import { createTask } from "./create-task";
import { imagesWithPool } from "./images/unlabeled-pool";
import { planRuns } from "./planning/plan-runs";
import type { RunContext } from "./run-context";
import { trainingImagesFor, withTrainingImages } from "./run-context";
import { Stage } from "./stages/stage";
import { scalarsOf } from "./stages/step-scalars";
import { withStudentStart } from "./start";
import type { Task } from "./tasks/parts/task";
import { TeacherPool } from "./teachers/teacher-pool";

type Traced = NamedNumbers<Float32Array | Int32Array>;

/** The data needed to replay the first steps of a run elsewhere: all inputs and all results. */
export interface Trace {
  /**
   * `before/…` and `after/…`: networks and queues, named by their fields in the task. `step0/…`: the inputs of a
   * step.
   */
  readonly tensors: readonly Traced[];
  readonly index: TraceIndex;
}

export interface TraceIndex {
  readonly arm: Arm;
  readonly seed: number;
  readonly stage: PlannedStage["stage"];
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly classes: number;
  readonly layouts: Readonly<Record<string, string>>;
  readonly batchNorm: Readonly<Record<string, string | number>>;
  readonly optimiser: Readonly<Record<string, unknown>>;
  readonly steps: readonly {
    /** Learning rates, τ, and all other scalars that change from step to step. */
    readonly scalars: Readonly<Record<string, number>>;
    /** The losses that the step reports, by term, before its update. */
    readonly losses: Readonly<Record<string, number>>;
  }[];
}

const layouts = {
  images: "NHWC, normalized, as the networks see them; v above v′ where a step renders both",
  filters: "HWIO: [kernel, kernel, from, to], padding (kernel − 1) / 2 on every side, no bias",
  "depthwise filters": "[kernel, kernel, channels, 1], TensorFlow's padding “same”",
  linear: "weight [from, to], bias [to]: y = x W + b",
};

const batchNorm = {
  epsilon: 1e-5,
  "running statistics keep": runningMomentum,
  "running variance": "unbiased; normalization itself uses the biased variance",
  groups: "views stacked in one batch are normalized apart, and running statistics take them in turn",
};

/**
 * Traces the first steps of an arm's student (with its teacher if they are trained together), taken eagerly. Earlier
 * stages (a teacher, a pretraining) are trained first.
 *
 * @param context the caller owns its inputs and images
 */
export async function traceRun(
  context: RunContext,
  armIndex: number,
  seed: number,
  steps: number,
): Promise<Trace> {
  const { experiment } = context;
  const chosen = experiment.arms[armIndex];
  if (!chosen) throw new RangeError(`There is no arm ${armIndex}; there are ${experiment.arms.length}.`);
  // Kept answers are the same numbers.
  const arm = { ...chosen, answers: "computed" } as const;
  const run = planRuns(experiment, context.parts.train.set.count).find((one) => one.arm === armIndex);
  const plan = run?.stages.find(({ stage }) => stage === "student" || stage === "joint");
  if (!run || !plan) throw new Error("The arm has no stage of its own.");
  const owned: { dispose(): void }[] = [];
  const own = <T extends { dispose(): void }>(made: T): T => {
    owned.unshift(made);
    return made;
  };
  try {
    const before = own(new TeacherPool(context)).join({ ...run, seed }, arm);
    for (const { runner } of before.stages) await trainThrough(runner.options.stage);
    const teacher = before.taughtBy;
    const pooled = await imagesWithPool(context, arm.scheme, teacher);
    const { needsLabels } = methodOf(arm.scheme);
    const images = pooled ? own(pooled.images) : trainingImagesFor(needsLabels, context);
    const onImages = withTrainingImages(images, context);
    const started = withStudentStart(onImages, arm, before.pretraining);
    const task = own(createTask(started, arm, seed, teacher, own));
    const sampler = new Sampler(seed, images.set.count, experiment.batchSize);
    const { inputs } = context;
    const stage = own(new Stage({ plan, arm, seed, sampler, images, inputs, task, recorded: false }));
    const tensors = await numbersOf("before", { task, teacher });
    const reported: TraceIndex["steps"][number][] = [];
    const place = { arm, plan, seed, batchSize: experiment.batchSize, line: 0 };
    for (let step = 0; step < steps; step++) {
      tensors.push(...(await watched(step, onImages, task, () => stage.advance())));
      const [report] = await stage.report();
      const losses = task.terms.map((name) => [name, report?.values[name] ?? Number.NaN] as const);
      reported.push({ scalars: scalarsOf(step, place), losses: Object.fromEntries(losses) });
    }
    tensors.push(...(await numbersOf("after", { task, teacher })));
    return { tensors, index: { ...indexOf(context, arm, seed, plan), steps: reported } };
  } finally {
    for (const one of owned) one.dispose();
  }
}

async function trainThrough(stage: Stage): Promise<void> {
  while (!stage.isDone) {
    stage.advance();
    if (stage.step % 50 === 0) await stage.report();
  }
  await stage.report();
}

/** Takes a step and records its inputs: views in the order of rendering, labels, and MoCo's order of the batch. */
async function watched(
  step: number,
  { inputs, parts }: RunContext,
  { shuffles }: Task,
  advance: () => void,
): Promise<Traced[]> {
  const seen: tf.Tensor4D[] = [];
  watchViews((views) => seen.push(tf.keep(tf.clone(views))), advance);
  const found: Traced[] = [];
  for (const [i, views] of seen.entries()) {
    found.push(await readTensor(`step${step}/views${i}`, views));
    views.dispose();
  }
  const labels = tf.tidy(() => tf.gather(parts.train.labels, inputs.batch));
  found.push(await readTensor(`step${step}/labels`, labels));
  if (shuffles) found.push(await readTensor(`step${step}/shuffle`, inputs.shuffle));
  labels.dispose();
  return found;
}

/**
 * Fields that are not traced: moments start at zero, the index describes optimizers, answers are computed, and variables
 * belong to networks.
 */
const notState = new Set(["answers", "context", "inputs", "trainee", "optimiser", "variables"]);

/** Finds every network and queue that is reachable, named by the fields that lead to it. */
async function numbersOf(prefix: string, root: object): Promise<Traced[]> {
  const seen = new Set<object>();
  const found: [string, tf.Tensor][] = [];
  const visit = (path: string, value: unknown): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (ArrayBuffer.isView(value) || value instanceof StepInputs || value instanceof ResidentImages) return;
    if (value instanceof ResidentTensor) found.push([path, value.tensor]);
    else if (value instanceof ParameterStore) {
      for (const [name, variable] of value.variables) found.push([`${path}/${name}`, variable]);
    } else {
      for (const [name, held] of Object.entries(value))
        if (!notState.has(name)) visit(`${path}.${name}`, held);
    }
  };
  visit(prefix, root);
  return Promise.all(found.map(([name, tensor]) => readTensor(name.replace(".", "/"), tensor)));
}

async function readTensor(name: string, tensor: tf.Tensor): Promise<Traced> {
  const values = await tensor.data();
  // A copy, since the backend may return its own buffer.
  const copy = tensor.dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values);
  return { name, shape: tensor.shape, values: copy };
}

function indexOf(
  { experiment, parts }: RunContext,
  arm: Arm,
  seed: number,
  { stage, stepsPerEpoch }: PlannedStage,
): Omit<TraceIndex, "steps"> {
  const { batchSize } = experiment;
  const { classes } = parts;
  const optimiser = { ...arm.optimiser, adam: adamMoments, larsTrustCoefficients: trustCoefficients };
  return { arm, seed, stage, batchSize, stepsPerEpoch, classes, layouts, batchNorm, optimiser };
}
