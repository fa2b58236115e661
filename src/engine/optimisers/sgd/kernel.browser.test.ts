import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import { updateBySgd, updateMomentumAverage } from "./kernel";
import { emaUpdate, sgdUpdate } from "./rule";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

const random = randomFor(23, Purpose.test);
const drawn = Array.from(random.words(46, 99, 1), (word) => 2 + (word % 3_000));
const sizes = [...new Set([1, 63, 64, 65, 1_000, 70_001, ...drawn])];

const worst = async (a: tf.Tensor, b: tf.Tensor) => {
  const [given, wanted] = [await a.data(), await b.data()];
  return Math.max(
    0,
    ...Array.from(given, (value, i) => Math.abs(value - (wanted[i] ?? Number.NaN))).slice(0, 5000),
  );
};

test.each(sizes)("SGD on %d numbers is the pure rule, step after step", async (size) => {
  const at = (step: number) => tf.tensor1d(random.normals(size, size, step));
  const parameters = at(0);
  const buffer = tf.zeros([size]);
  let pure = { parameter: at(0) as tf.Tensor, buffer: tf.zeros([size]) as tf.Tensor };
  for (const [step, rate] of [0.1, 0.03, 0.2].entries()) {
    const gradient = at(step + 1);
    const settings = { momentum: 0.9, weightDecay: 5e-4 };
    updateBySgd(backend, {
      parameters,
      gradient,
      buffer,
      scalars: tf.tensor1d([7, rate]),
      rateIndex: 1,
      ...settings,
    });
    pure = sgdUpdate(pure, gradient, { learningRate: rate, ...settings });
    expect(await worst(parameters, pure.parameter)).toBeLessThan(1e-5);
    expect(await worst(buffer, pure.buffer)).toBeLessThan(1e-5);
  }
});

test.each(sizes)(
  "the momentum average of %d numbers is the pure rule; τ = 1 leaves it bit for bit",
  async (size) => {
    const [average, parameters] = [
      tf.tensor1d(random.normals(size, size, 8)),
      tf.tensor1d(random.normals(size, size, 9)),
    ];
    const pure = emaUpdate(average, parameters, 0.97);
    updateMomentumAverage(backend, { average, parameters, scalars: tf.tensor1d([0.97]), tauIndex: 0 });
    expect(await worst(average, pure)).toBeLessThan(1e-6);
    const before = Array.from(await average.data());
    updateMomentumAverage(backend, { average, parameters, scalars: tf.tensor1d([1]), tauIndex: 0 });
    expect(Array.from(await average.data())).toEqual(before);
  },
);

test("copies land where they are sent, also into a view, and sizes must agree", async () => {
  const slab = tf.zeros([128]);
  const view = tf.engine().makeTensorFromTensorInfo(backend.viewOf(slab, 256, [2, 2]));
  backend.copyInPlace(tf.tensor1d([1, 2, 3, 4]), view);
  expect(await view.array()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(Array.from(await slab.data()).slice(62, 69)).toEqual([0, 0, 1, 2, 3, 4, 0]);
  expect(() => backend.copyInPlace(tf.tensor1d([1]), view)).toThrow(/\[1\] cannot be copied over \[2,2\]/);
});

test("tensors of different sizes are refused with their sizes", () => {
  const [a, b] = [tf.zeros([4]), tf.zeros([5])];
  expect(() =>
    updateMomentumAverage(backend, { average: a, parameters: b, scalars: a, tauIndex: 0 }),
  ).toThrow(/4, 5/);
});
