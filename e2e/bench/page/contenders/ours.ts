import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../../../src/engine/backend.ts";
import { compiledSteps } from "../../../../src/engine/compiled/compiled-steps.ts";
import { Sampler } from "../../../../src/engine/dataset/sampler.ts";
import { drawShapes } from "../../../../src/engine/dataset/shapes.ts";
import { tuneConvolutions } from "../../../../src/engine/kernels/autotune.ts";
import { type TrainingBackend, trainingBackend } from "../../../../src/engine/kernels/backend.ts";
import { timeOps } from "../../../../src/engine/kernels/op-times.ts";
import type { Recording } from "../../../../src/engine/kernels/recording.ts";
import { Purpose, randomFor } from "../../../../src/engine/math/random.ts";
import { supervisedLoss } from "../../../../src/engine/methods/supervised.ts";
import { createTask } from "../../../../src/engine/training/create-task.ts";
import { LabelledNetwork } from "../../../../src/engine/training/labelled-network.ts";
import { createOptimiser, plainSgd } from "../../../../src/engine/training/optimiser.ts";
import { planRuns } from "../../../../src/engine/training/plan-runs.ts";
import type { RunContext } from "../../../../src/engine/training/run-context.ts";
import { Stage } from "../../../../src/engine/training/stage.ts";
import { idleScalars, StepInputs } from "../../../../src/engine/training/step-inputs.ts";
import { normalisationOf } from "../../../../src/engine/views/normalisation.ts";
import { ResidentImages } from "../../../../src/engine/views/resident-images.ts";
import type { BackendName } from "../../../../src/protocol/messages.ts";
import { parseExperiment } from "../../../../src/protocol/problems.ts";
import {
  type DistillationWorkload,
  learningRate,
  momentum,
  type SupervisedWorkload,
  type Workload,
} from "../../workloads.ts";
import type { Contender } from "../contender.ts";
import { classifier, initialValues } from "../initial-values.ts";

/** Compiles a step, by whichever kernels are to be used. */
type Prepare = (compile: () => Promise<void>) => Promise<void>;

export interface OursOptions {
  readonly on: BackendName;
  /** Kernels chosen by timing them. */
  readonly tuned: boolean;
  /** Steps compiled to WebAssembly, on WASM. */
  readonly compiled?: boolean;
}

/** This project's engine: its own kernels, steps recorded once and replayed. */
export async function ours(
  workload: Workload,
  { tuned, on, compiled = false }: OursOptions,
): Promise<Contender> {
  await startBackend(on, { compiled });
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
  /** One forward pass, backward pass and update; gives the loss to `report` while it lives. */
  readonly body: (report: (loss: tf.Scalar) => void) => void;
}

/** What all backends compute. The images are on the device when this resolves. */
async function supervisedStep(workload: SupervisedWorkload): Promise<Supervised> {
  const { batch, size, channels, classes } = workload;
  const values = initialValues(workload);
  const images = tf.keep(tf.tensor4d(values.images, [batch, size, size, channels]));
  const labels = tf.keep(tf.tensor1d(values.labels, "int32"));
  for (const { dataId } of [images, labels]) trainingBackend()?.uploadToGPU(dataId);
  const network = LabelledNetwork.create(workload.network, classes, randomFor(1, Purpose.init));
  await setNumbers(network, workload);
  const inputs = new StepInputs(batch);
  const rule = { ...plainSgd, momentum, weightDecay: 0 };
  const optimiser = createOptimiser(network.stores, rule, inputs, "studentRate");
  const variables = network.stores.flatMap((store) => [...store.variables.values()]);
  const body = (report: (loss: tf.Scalar) => void) =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(
        () => supervisedLoss(network.outputs(images, { kind: "train", groups: 1 }).logits, labels),
        variables,
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

/** Without recorded steps: every step is computed as it is written down, or compiled once. */
async function portable(workload: SupervisedWorkload): Promise<Contender> {
  const { inputs, body } = await supervisedStep(workload);
  let taken = 0;
  const steps = compiledSteps();
  if (steps) {
    const kept = tf.keep(tf.scalar(0));
    feed(inputs, workload, taken);
    const step = steps.compile(() => body((value) => steps.copyInPlace(value, kept)));
    if ("reason" in step) throw new Error(step.reason);
    await steps.ready();
    return {
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

async function setNumbers(network: LabelledNetwork, workload: SupervisedWorkload): Promise<void> {
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
  const loss = tf.keep(tf.scalar(0));
  backend.uploadToGPU(loss.dataId);
  const body = () => write((value) => backend.copyInPlace(value, loss));
  await prepare(() => backend.prepare(body));
  let recording: Recording | undefined;
  let taken = 0;
  return {
    step: () => {
      feed(inputs, workload, taken++);
      if (recording) backend.replay(recording);
      else recording = backend.record(body);
    },
    settle: async () => (await loss.data())[0] ?? Number.NaN,
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
  const parsed = parseExperiment({
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
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { experiment } = parsed;
  const dataset = await drawShapes({
    seed: 1,
    size: workload.size,
    difficulty: "easy",
    train: 256,
    validation: 32,
    test: 32,
  });
  const normalisation = normalisationOf(dataset.train);
  const resident = (set: typeof dataset.train) => ResidentImages.upload(set, normalisation);
  const parts = {
    train: resident(dataset.train),
    validation: resident(dataset.validation),
    test: resident(dataset.test),
    classes: dataset.classNames.length,
  };
  const inputs = new StepInputs(workload.batch);
  const context: RunContext = { experiment, parts, inputs };
  const plans = planRuns(experiment, dataset.train.count);
  const stages = experiment.arms.map((arm, place) => {
    const plan = plans[place]?.stages.at(-1);
    if (!plan) throw new Error("The experiment has no run.");
    const task = createTask(context, arm, 1, undefined, (made) => made);
    const sampler = new Sampler(1, dataset.train.count, workload.batch);
    return { plan, stage: new Stage({ plan, arm, seed: 1, sampler, images: parts.train, inputs, task }) };
  });
  const [first] = stages;
  if (!first) throw new Error("The experiment has no arm.");
  const prepareStages = async () => {
    for (const { stage } of stages) await stage.prepare();
  };
  await (prepare ? prepare(prepareStages) : prepareStages());
  return {
    macs: stages.reduce((sum, { plan }) => sum + plan.macsPerStep, 0),
    step: () => {
      for (const { stage } of stages) stage.advance();
    },
    settle: async () => {
      await backend?.device.queue.onSubmittedWorkDone();
      const rows = await Promise.all(stages.map(({ stage }) => stage.report()));
      return rows[0]?.at(-1)?.values.studentLoss ?? Number.NaN;
    },
    profile: async () => (await first.stage.advanceTimed()) ?? [],
  };
}
