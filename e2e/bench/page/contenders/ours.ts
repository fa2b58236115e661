import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../../../src/engine/backend.ts";
import { Sampler } from "../../../../src/engine/dataset/sampler.ts";
import { drawShapes } from "../../../../src/engine/dataset/shapes.ts";
import { tuneConvolutions } from "../../../../src/engine/kernels/autotune.ts";
import { type TrainingBackend, trainingBackend } from "../../../../src/engine/kernels/backend.ts";
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

/** This project's engine: its own kernels, steps recorded once and replayed. */
export async function ours(workload: Workload, { tuned }: { readonly tuned: boolean }): Promise<Contender> {
  await startBackend("webgpu");
  const backend = trainingBackend();
  if (!backend) throw new Error("The engine did not start on WebGPU.");
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

function setNumbers(backend: TrainingBackend, network: LabelledNetwork, workload: SupervisedWorkload): void {
  const { weights } = initialValues(workload);
  for (const store of network.stores) {
    for (const [name, variable] of store.variables) {
      const values = name.startsWith("classifier/weight")
        ? weights.get(classifier)
        : weights.get(name.replace(/\/filter$/, ""));
      if (values) backend.writeInPlace(variable, values);
      else if (name.endsWith("bias")) backend.writeInPlace(variable, new Float32Array(variable.size));
    }
  }
}

async function supervised(
  workload: SupervisedWorkload,
  backend: TrainingBackend,
  prepare: Prepare,
): Promise<Contender> {
  const { batch, size, channels, classes } = workload;
  const values = initialValues(workload);
  const images = tf.keep(tf.tensor4d(values.images, [batch, size, size, channels]));
  const labels = tf.keep(tf.tensor1d(values.labels, "int32"));
  for (const { dataId } of [images, labels]) backend.uploadToGPU(dataId);
  const network = LabelledNetwork.create(workload.network, classes, randomFor(1, Purpose.init));
  setNumbers(backend, network, workload);
  const inputs = new StepInputs(batch);
  const rule = { ...plainSgd, momentum, weightDecay: 0 };
  const optimiser = createOptimiser(network.stores, rule, inputs, "studentRate");
  const variables = network.stores.flatMap((store) => [...store.variables.values()]);
  const loss = tf.keep(tf.scalar(0));
  backend.uploadToGPU(loss.dataId);
  const body = () =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(
        () => supervisedLoss(network.outputs(images, { kind: "train", groups: 1 }).logits, labels),
        variables,
      );
      optimiser.update(grads);
      backend.copyInPlace(value, loss);
    });
  await prepare(() => backend.prepare(body));
  let recording: Recording | undefined;
  let taken = 0;
  const feed = () => {
    const scalars = { ...idleScalars, studentRate: learningRate };
    const none = new Uint32Array(batch);
    inputs.write({ scalars, batch: none, seed: 1, epoch: taken++, shuffle: none });
  };
  return {
    step: () => {
      feed();
      if (recording) backend.replay(recording);
      else recording = backend.record(body);
    },
    settle: async () => (await loss.data())[0] ?? Number.NaN,
    profile: async () => {
      feed();
      return (recording && (await backend.replayTimed(recording))) ?? [];
    },
  };
}

async function distillation(
  workload: DistillationWorkload,
  backend: TrainingBackend,
  prepare: Prepare,
): Promise<Contender> {
  const parsed = parseExperiment({
    dataset: { source: "shapes", difficulty: "easy", resolution: workload.size, train: 256, test: 100 },
    batchSize: workload.batch,
    arms: [
      {
        student: workload.student,
        teacher: workload.teacher,
        steps: 5_000,
        scheme: { method: "simdis-on", targets: [...workload.targets] },
      },
    ],
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
  const [arm] = experiment.arms;
  const plan = planRuns(experiment, dataset.train.count)[0]?.stages.at(-1);
  if (!arm || !plan) throw new Error("The experiment has no run.");
  const task = createTask(context, arm, 1, undefined, (made) => made);
  const sampler = new Sampler(1, dataset.train.count, workload.batch);
  const stage = new Stage({ plan, arm, seed: 1, sampler, inputs, task });
  await prepare(() => stage.prepare());
  return {
    macs: plan.macsPerStep,
    step: () => stage.advance(),
    settle: async () => {
      await backend.device.queue.onSubmittedWorkDone();
      return (await stage.report()).at(-1)?.values.studentLoss ?? Number.NaN;
    },
    profile: async () => (await stage.advanceTimed()) ?? [],
  };
}
