import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Arm } from "../../../protocol/experiment";
import { experimentOf } from "../../../protocol/valid-experiment.testing";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { drawDataset } from "../../dataset/drawing/draw-dataset";
import { Sampler } from "../../dataset/sampler";
import { startBackend } from "../../device/start";
import type { Evaluator } from "../../evaluation/evaluator";
import { Purpose, randomFor } from "../../math/random";
import { supervisedLoss } from "../../methods/supervised";
import { linear, linearParameters } from "../../networks/heads";
import { ParameterStore } from "../../networks/parameters";
import { createOptimizer, plainSgd } from "../../optimizers/optimizer";
import { StepInputs } from "../../optimizers/step-inputs";
import { normalizationOf } from "../../views/normalization";
import { ResidentImages } from "../../views/resident-images";
import { Stage } from "../stages/stage";
import { StageRunner } from "../stages/stage-runner";
import { firstView, labelsOf, type Task, type TaskContext } from "../tasks/parts/task";

const [batch, size, steps] = [4, 8, 1_100];

const release: (() => void)[] = [];
const own = <T extends { dispose(): void }>(made: T): T => {
  release.unshift(() => made.dispose());
  return made;
};
beforeAll(async () => void (await startBackend("webgpu")));
afterAll(() => {
  for (const free of release) free();
});

/** A minimal step: views of images, a linear layer, its loss and its update. */
async function smallestRunner(): Promise<StageRunner> {
  const { views, evaluation, arms } = experimentOf({
    dataset: { source: "shapes", difficulty: "easy", resolution: 16, train: 40, test: 20 },
    batchSize: batch,
    arms: [{ scheme: { method: "supervised" }, optimiser: { learningRate: 0.05 } }],
  });
  const set = { seed: 1, size: 16, difficulty: "easy", train: 40, validation: 10, test: 10 } as const;
  const { train } = await drawDataset("shapes", set);
  const images = own(ResidentImages.upload(train, normalizationOf(train)));
  const inputs = own(new StepInputs(batch));
  const context: TaskContext = { images, inputs, views, classes: 10, hasProbes: false };
  const layer = linearParameters("layer", size * size * 3, 10);
  const store = own(ParameterStore.create(layer, randomFor(1, Purpose.init)));
  const optimiser = own(
    createOptimizer([store], { ...plainSgd, momentum: 0.9, weightDecay: 0 }, inputs, "studentRate"),
  );
  const task: Task = {
    terms: ["studentLoss"],
    step: (report) => {
      const rows = tf.reshape(firstView(context, size), [batch, -1]) as tf.Tensor2D;
      const { value, grads } = tf.variableGrads(
        () => supervisedLoss(linear(store, "layer", rows), labelsOf(context, 1)),
        [...store.variables.values()],
      );
      optimiser.update(grads);
      report([value]);
    },
    dispose: () => undefined,
  };
  const plan = { stage: "student", steps, stepsPerEpoch: 10, macsPerStep: 1 } as const;
  const sampler = new Sampler(1, train.count, batch);
  const [arm] = arms as [Arm];
  const stage = new Stage({ plan, arm, seed: 1, sampler, images, inputs, task });
  const evaluator = {} as Evaluator;
  const rarely = { ...evaluation, everySteps: steps };
  return own(new StageRunner({ plan, batchSize: batch, stage, task, evaluator, evaluation: rarely }));
}

test("memory does not grow from the second step to the thousandth, and losses are read at most four times a second", async () => {
  const runner = await smallestRunner();
  const backend = trainingBackend() as TrainingBackend;
  const events = { evaluating: () => undefined, training: () => undefined };
  const losses: number[] = [];
  const turn = async (steps?: number) => {
    const rows = await runner.turn(events, steps);
    // The row before the first step contains only an evaluation.
    const trained = rows.filter(({ step }) => step > 0);
    losses.push(...trained.map(({ values: { studentLoss = Number.NaN } }) => studentLoss));
  };
  await turn(1);
  await turn(1);
  const held = () => [backend.allocatedBytes, tf.memory().numTensors, tf.memory().numBytes];
  const before = held();
  const readings = vi.spyOn(GPUBuffer.prototype, "mapAsync");
  // Not the first turn, which is short because its length is not known yet, nor the last one.
  await turn();
  await turn();
  const [found, from] = [readings.mock.calls.length, performance.now()];
  while (runner.step < steps) {
    await turn();
    expect(held()).toEqual(before);
  }
  const quarters = (performance.now() - from) / 250;
  expect(readings.mock.calls.length - found).toBeLessThanOrEqual(1.3 * quarters + 2);
  expect(losses.every(Number.isFinite)).toBe(true);
  // The loss falls, so the replayed steps were updates. Means over a hundred batches are compared, since single batches of four images are noisy.
  const mean = (some: number[]) => some.reduce((sum, loss) => sum + loss, 0) / some.length;
  expect(mean(losses.slice(-100))).toBeLessThan(0.95 * mean(losses.slice(0, 100)));
  readings.mockRestore();
});
