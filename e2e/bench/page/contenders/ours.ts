import * as tf from "@tensorflow/tfjs-core";
import { type TrainingBackend, trainingBackend } from "../../../../src/engine/backend/backend.ts";
import { timeOps } from "../../../../src/engine/backend/op-times.ts";
import type { Recording } from "../../../../src/engine/backend/recording.ts";
import { ResidentTensor } from "../../../../src/engine/backend/resident-tensor.ts";
import { compiledSteps } from "../../../../src/engine/compiled/in-use.ts";
import type { StepFacts } from "../../../../src/engine/compiled/step-compiler.ts";
import { drawDataset } from "../../../../src/engine/dataset/drawing/draw-dataset.ts";
import { Sampler } from "../../../../src/engine/dataset/sampler.ts";
import { startBackend } from "../../../../src/engine/device/start.ts";
import { Purpose, randomFor } from "../../../../src/engine/math/random.ts";
import { supervisedLoss } from "../../../../src/engine/methods/supervised.ts";
import { tuneConvolutions } from "../../../../src/engine/operations/conv2d/autotune.ts";
import { createOptimizer, plainSgd } from "../../../../src/engine/optimizers/optimizer.ts";
import { idleScalars, StepInputs } from "../../../../src/engine/optimizers/step-inputs.ts";
import { createTask } from "../../../../src/engine/training/create-task.ts";
import { LabeledNetwork } from "../../../../src/engine/training/learners/labeled-network.ts";
import { planRuns } from "../../../../src/engine/training/planning/plan-runs.ts";
import type { RunContext } from "../../../../src/engine/training/run-context.ts";
import { JoinedSteps } from "../../../../src/engine/training/stages/joined-steps.ts";
import { Stage } from "../../../../src/engine/training/stages/stage.ts";
import { normalizationOf } from "../../../../src/engine/views/normalization.ts";
import { ResidentImages } from "../../../../src/engine/views/resident-images.ts";
import type { BackendName } from "../../../../src/protocol/messages.ts";
import { experimentOf } from "../../../../src/protocol/valid-experiment.testing.ts";
import {
  type DistillationWorkload,
  learningRate,
  momentum,
  type SupervisedWorkload,
  type Workload,
} from "../../workloads.ts";
import type { Contender } from "../contender.ts";
import { classifier, initialValues } from "../initial-values.ts";

/** Compiles a step with the kernels to be used. */
type Prepare = (compile: () => Promise<void>) => Promise<void>;

export interface OursOptions {
  readonly on: BackendName;
  /** The kernels chosen by timing. */
  readonly tuned: boolean;
  /** Steps compiled to WebAssembly, on WASM. */
  readonly compiled?: boolean;
  /** On which they run; by default one for each core. */
  readonly threads?: number;
}

/** Retort's engine, with its own kernels and steps that are recorded or compiled once. */
export async function ours(
  workload: Workload,
  { tuned, on, compiled, threads }: OursOptions,
): Promise<Contender> {
  await startBackend(on, { compiled, threads });
  const backend = trainingBackend();
  if (!backend) return workload.kind === "supervised" ? portable(workload) : distillation(workload);
  const prepare: Prepare = async (compile) => {
    await compile();
    if (!tuned) return;
    await tuneConvolutions(backend);
    await compile();
  };
  return workload.kind === "supervised"
    ? supervised(workload, backend, prepare)
    : distillation(workload, backend, prepare);
}

interface Supervised {
  readonly inputs: StepInputs;
  /** One forward pass, backward pass and update. Passes the loss to `report`, which must read it at once. */
  readonly body: (report: (loss: tf.Scalar) => void) => void;
}

/** The step that all backends compute. When this resolves, the images are on the device. */
async function supervisedStep(workload: SupervisedWorkload): Promise<Supervised> {
  const { batch, size, channels, classes } = workload;
  const values = initialValues(workload);
  const images = ResidentTensor.of(tf.tensor4d(values.images, [batch, size, size, channels])).tensor;
  const labels = ResidentTensor.of(tf.tensor1d(values.labels, "int32")).tensor;
  const network = LabeledNetwork.create(workload.network, classes, randomFor(1, Purpose.init));
  await setNumbers(network, workload);
  const inputs = new StepInputs(batch);
  const rule = { ...plainSgd, momentum, weightDecay: 0 };
  const optimiser = createOptimizer(network.stores, rule, inputs, "studentRate");
  const body = (report: (loss: tf.Scalar) => void) =>
    tf.tidy(() => {
      const { value, grads } = optimiser.differentiate(() =>
        supervisedLoss(network.outputs(images, { kind: "train", groups: 1 }).logits, labels),
      );
      optimiser.update(grads);
      report(value);
    });
  return { inputs, body };
}

function feed(inputs: StepInputs, { batch }: SupervisedWorkload, epoch: number): void {
  const none = new Uint32Array(batch);
  const scalars = { ...idleScalars, studentRate: learningRate };
  inputs.write({ scalars, batch: none, seed: 1, epoch });
}

/** Without recorded steps: every step is executed eagerly, or compiled once. */
async function portable(workload: SupervisedWorkload): Promise<Contender> {
  const { inputs, body } = await supervisedStep(workload);
  let taken = 0;
  const steps = compiledSteps();
  if (steps) {
    const kept = tf.keep(tf.scalar(0));
    feed(inputs, workload, taken);
    const start = performance.now();
    const step = steps.compile(() => body((value) => steps.copyInPlace(value, kept)));
    if ("reason" in step) throw new Error(step.reason);
    await steps.ready();
    const { arenaBytes, leastBytes } = step.facts;
    return {
      compiled: { readyMs: performance.now() - start, arenaBytes, leastBytes },
      step: () => {
        feed(inputs, workload, taken++);
        steps.run(step);
      },
      settle: async () => (await kept.data())[0] ?? Number.NaN,
      gpuBytes: () => tf.memory().numBytes + step.facts.arenaBytes,
      profile: async () => {
        feed(inputs, workload, taken++);
        return steps.runTimed(step);
      },
    };
  }
  let loss: tf.Scalar | undefined;
  return {
    step: () => {
      feed(inputs, workload, taken++);
      body((value) => {
        loss?.dispose();
        loss = tf.keep(tf.clone(value));
      });
    },
    settle: async () => (await loss?.data())?.[0] ?? Number.NaN,
    profile: async () => {
      feed(inputs, workload, taken++);
      return (await timeOps(() => body(() => undefined))) ?? [];
    },
    gpuBytes: () => tf.memory().numBytes,
  };
}

async function setNumbers(network: LabeledNetwork, workload: SupervisedWorkload): Promise<void> {
  const { weights } = initialValues(workload);
  for (const store of network.stores) {
    const flat = Float32Array.from(await store.values());
    for (const [name, { offset, size }] of store.placements) {
      const values = name.startsWith("classifier/weight")
        ? weights.get(classifier)
        : weights.get(name.replace(/\/filter$/, ""));
      if (values) flat.set(values, offset);
      else if (name.endsWith("bias")) flat.fill(0, offset, offset + size);
    }
    store.load(flat);
  }
}

async function supervised(
  workload: SupervisedWorkload,
  backend: TrainingBackend,
  prepare: Prepare,
): Promise<Contender> {
  const { inputs, body: write } = await supervisedStep(workload);
  const loss = ResidentTensor.of(tf.scalar(0));
  const body = () => write((value) => loss.copyFrom(value));
  await prepare(() => backend.prepare(body));
  let recording: Recording | undefined;
  let taken = 0;
  return {
    step: () => {
      feed(inputs, workload, taken++);
      if (recording) backend.replay(recording);
      else recording = backend.record(body);
    },
    settle: async () => (await loss.tensor.data())[0] ?? Number.NaN,
    profile: async () => {
      feed(inputs, workload, taken++);
      return (recording && (await backend.replayTimed(recording))) ?? [];
    },
  };
}

async function distillation(
  workload: DistillationWorkload,
  backend?: TrainingBackend,
  prepare?: Prepare,
): Promise<Contender> {
  const experiment = experimentOf({
    dataset: { source: "shapes", difficulty: "easy", resolution: workload.size, train: 256, test: 100 },
    batchSize: workload.batch,
    arms: Array.from({ length: workload.arms ?? 1 }, (_, place) => ({
      name: `Arm ${place + 1}`,
      student: workload.student,
      teacher: workload.teacher,
      steps: 5_000,
      scheme: { method: "simdis-on", targets: [...workload.targets] },
    })),
  });
  const dataset = await drawDataset("shapes", {
    seed: 1,
    size: workload.size,
    difficulty: "easy",
    train: 256,
    validation: 32,
    test: 32,
  });
  const normalization = normalizationOf(dataset.train);
  const resident = (set: typeof dataset.train) => ResidentImages.upload(set, normalization);
  const parts = {
    train: resident(dataset.train),
    validation: resident(dataset.validation),
    test: resident(dataset.test),
    classes: dataset.classNames.length,
  };
  const shared = new StepInputs(workload.batch);
  const plans = planRuns(experiment, dataset.train.count);
  const stages = experiment.arms.map((arm, place) => {
    const plan = plans[place]?.stages.at(-1);
    if (!plan) throw new Error("The experiment has no run.");
    const seed = workload.joined ? place + 1 : 1;
    const inputs = workload.joined ? new StepInputs(workload.batch) : shared;
    const context: RunContext = { experiment, parts, inputs };
    const task = createTask(context, arm, seed, undefined, (made) => made);
    const sampler = new Sampler(seed, dataset.train.count, workload.batch);
    return { plan, stage: new Stage({ plan, arm, seed, sampler, images: parts.train, inputs, task }) };
  });
  const [first] = stages;
  if (!first) throw new Error("The experiment has no arm.");
  const prepareStages = async () => {
    for (const { stage } of stages) await stage.prepare();
  };
  const start = performance.now();
  await (prepare ? prepare(prepareStages) : prepareStages());
  await compiledSteps()?.ready();
  const made = stages.flatMap(({ stage }) => [...stage.compilations.values()]);
  const facts = made.flatMap((one) => ("reason" in one ? [] : [one.facts]));
  const sum = (pick: (one: StepFacts) => number) => facts.reduce((total, one) => total + pick(one), 0);
  const compiled = {
    readyMs: performance.now() - start,
    arenaBytes: sum(({ arenaBytes }) => arenaBytes),
    leastBytes: sum(({ leastBytes }) => leastBytes),
  };
  const joined = workload.joined ? new JoinedSteps() : undefined;
  const all = stages.map(({ stage }) => stage);
  // The first step records them.
  await joined?.take(all, 2);
  return {
    ...(facts.length > 0 && { compiled }),
    macs: stages.reduce((sum, { plan }) => sum + plan.macsPerStep, 0),
    step: () => {
      // Once joined it waits for nothing.
      if (joined) void joined.take(all, 1);
      else for (const stage of all) stage.advance();
    },
    settle: async () => {
      await backend?.device.queue.onSubmittedWorkDone();
      const rows = await Promise.all(stages.map(({ stage }) => stage.report()));
      return rows[0]?.at(-1)?.values.studentLoss ?? Number.NaN;
    },
    profile: async () => (await first.stage.advanceTimed()) ?? [],
  };
}
