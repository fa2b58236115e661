import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import { flatSizes, worst } from "../layouts.test-support";
import { updateMomentumAverage } from "./kernel";
import { emaUpdate } from "./rule";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

const random = randomFor(23, Purpose.test);
const sizes = flatSizes(random);

test.each(sizes)(
  "the momentum average of %d numbers equals the pure rule; τ = 1 leaves it unchanged bit for bit",
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

test("tensors of different sizes are rejected with their sizes", () => {
  const [a, b] = [tf.zeros([4]), tf.zeros([5])];
  expect(() =>
    updateMomentumAverage(backend, { average: a, parameters: b, scalars: a, tauIndex: 0 }),
  ).toThrow(/4, 5/);
});
