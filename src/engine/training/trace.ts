import * as tf from "@tensorflow/tfjs-core";
import type { Arm, Experiment } from "../../protocol/experiment";
import type { PlannedStage } from "../../protocol/messages";
import { methods } from "../../protocol/methods";
import { ResidentTensor } from "../backend/resident-tensor";
import { Sampler } from "../dataset/sampler";
import { ParameterStore } from "../networks/parameters";
import { runningMomentum } from "../operations/batch-norm/batch-norm";
import { adamMoments } from "../optimisers/adam/rule";
import { trustCoefficients } from "../optimisers/lars/rule";
import { StepInputs } from "../optimisers/step-inputs";
import { watchViews } from "../views/render-views";
import { ResidentImages } from "../views/resident-images";
import { createTask } from "./create-task";
import { planRuns } from "./plan-runs";
import { imagesWithPool } from "./pool-images";
import { imagesLearntFrom, learningFrom, type RunContext } from "./run-context";
import type { NamedNumbers } from "./safetensors";
import { Stage } from "./stage";
import { withStudentStart } from "./start";
import { scalarsOf } from "./step-scalars";
import type { Task } from "./tasks/task";
import { TeacherPool } from "./teacher-pool";

/** What it takes to replay the first steps of a run elsewhere: every number that goes in, and those that come out. */
export interface Trace {
  /** `before/…` and `after/…`: networks and queues by where they are in the task. `step0/…`: what a step is given. */
  readonly tensors: readonly NamedNumbers[];
  readonly index: TraceIndex;
}

export interface TraceIndex {
  readonly arm: Arm;
  readonly seed: number;
  readonly stage: PlannedStage["stage"];
  readonly batchSize: number;
  readonly layouts: Readonly<Record<string, string>>;
  readonly batchNorm: Readonly<Record<string, string | number>>;
  readonly optimiser: Readonly<Record<string, unknown>>;
  readonly steps: readonly {
    /** Learning rates, momentum of the averages, and whatever else changes from step to step. */
    readonly scalars: Readonly<Record<string, number>>;
    /** The losses that the step reports, by term, before its update. */
    readonly losses: Readonly<Record<string, number>>;
  }[];
}

const layouts = {
  images: "NHWC, normalised, as the networks see them; v above v′ where a step renders both",
  filters: "HWIO: [kernel, kernel, from, to], padding (kernel − 1) / 2 on every side, no bias",
  "depthwise filters": "[kernel, kernel, channels, 1], TensorFlow's padding “same”",
  linear: "weight [from, to], bias [to]: y = x W + b",
};

const batchNorm = {
  epsilon: 1e-5,
  "running statistics keep": runningMomentum,
  "running variance": "unbiased; normalisation itself uses the biased variance",
  groups: "views stacked in one batch are normalised apart, and running statistics take them in turn",
};

/**
 * The first steps of one arm's student (with its teacher, where they learn together), taken eagerly. What has stages before
 * is trained first: a teacher, and a pretraining, which the student goes on from.
 *
 * @param context whose inputs and images stay the caller's
 */
export async function traceRun(
  context: RunContext,
  armIndex: number,
  seed: number,
  steps: number,
): Promise<Trace> {
  const { experiment } = context;
  const arm = experiment.arms[armIndex];
  if (!arm) throw new RangeError(`There is no arm ${armIndex}; there are ${experiment.arms.length}.`);
  const run = planRuns(experiment, context.parts.train.set.count).find((one) => one.arm === armIndex);
  const plan = run?.stages.find(({ stage }) => stage === "student" || stage === "joint");
  if (!run || !plan) throw new Error("An arm has a stage.");
  const owned: { dispose(): void }[] = [];
  const own = <T extends { dispose(): void }>(made: T): T => {
    owned.unshift(made);
    return made;
  };
  try {
    const before = own(new TeacherPool(context)).join({ ...run, seed }, arm);
    for (const { runner } of before.stages) await trainThrough(runner.options.stage);
    const taught = before.teacher?.taught;
    const pooled = await imagesWithPool(context, arm.scheme, taught);
    const { needsLabels } = methods[arm.scheme.method];
    const images = pooled ? own(pooled.images) : imagesLearntFrom(needsLabels, context);
    const onImages = learningFrom(images, context);
    const started = withStudentStart(onImages, arm, before.pretraining);
    const task = own(createTask(started, arm, seed, taught, own));
    const sampler = new Sampler(seed, images.set.count, experiment.batchSize);
    const { inputs } = context;
    const stage = own(new Stage({ plan, arm, seed, sampler, images, inputs, task, recorded: false }));
    const tensors = await numbersOf("before", { task, taught });
    const reported: TraceIndex["steps"][number][] = [];
    const place = { arm, plan, seed, batchSize: experiment.batchSize, line: 0 };
    for (let step = 0; step < steps; step++) {
      tensors.push(...(await watched(step, onImages, task, () => stage.advance())));
      const [report] = await stage.report();
      const losses = task.terms.map((name) => [name, report?.values[name] ?? Number.NaN] as const);
      reported.push({ scalars: scalarsOf(step, place), losses: Object.fromEntries(losses) });
    }
    tensors.push(...(await numbersOf("after", { task, taught })));
    return { tensors, index: { ...indexOf(experiment, arm, seed, plan), steps: reported } };
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

/** What one step is given: its views in the order of rendering, its images' labels, and MoCo's order of the batch. */
async function watched(
  step: number,
  { inputs, parts }: RunContext,
  { shuffles }: Task,
  advance: () => void,
): Promise<NamedNumbers[]> {
  const seen: tf.Tensor4D[] = [];
  watchViews((views) => seen.push(tf.keep(tf.clone(views))), advance);
  const found: NamedNumbers[] = [];
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

/** Moments start at zero, and their optimisers are the index's to describe; variables are the networks' own. */
const notState = new Set(["context", "inputs", "trainee", "optimiser", "variables"]);

/** Every network and queue that is reached, by the fields that lead to it. */
async function numbersOf(prefix: string, root: object): Promise<NamedNumbers[]> {
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

async function readTensor(name: string, tensor: tf.Tensor): Promise<NamedNumbers> {
  const values = await tensor.data();
  // A copy: what the backend hands out may be its own.
  const copy = tensor.dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values);
  return { name, shape: tensor.shape, values: copy };
}

function indexOf(
  { batchSize }: Experiment,
  arm: Arm,
  seed: number,
  { stage }: PlannedStage,
): Omit<TraceIndex, "steps"> {
  const optimiser = { ...arm.optimiser, adam: adamMoments, larsTrustCoefficients: trustCoefficients };
  return { arm, seed, stage, batchSize, layouts, batchNorm, optimiser };
}
