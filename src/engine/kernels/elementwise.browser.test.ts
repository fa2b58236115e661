import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { BackendName } from "../../protocol/messages";
import { startBackend } from "../backend";
import { Purpose, randomFor } from "../math/random";
import { addBias, addRelu, globalAveragePool } from "./elementwise";

const random = randomFor(31, Purpose.test);
const tensor = (shape: number[], stream: number) =>
  tf.reshape(tf.tensor1d(random.normals(tf.util.sizeFromShape(shape), stream)), shape);

const shapes = [
  [3, 2, 2, 1],
  [5, 4, 4, 7],
  [8, 8, 8, 16],
  [1, 3, 5, 130],
];

/** Every operation with its gradients, on numbers that do not depend on the backend. */
async function results(): Promise<Float32Array[]> {
  const out: tf.Tensor[] = [];
  for (const [i, shape] of shapes.entries()) {
    const [a, b] = [tensor(shape, 5 * i), tensor(shape, 5 * i + 1)];
    const weigh = (y: tf.Tensor) => tf.sum(tf.mul(y, tensor(y.shape, 5 * i + 2)));
    const channels = shape.at(-1) as number;
    const rows = tf.reshape(a, [-1, channels]) as tf.Tensor2D;
    const bias = tensor([channels], 5 * i + 3) as tf.Tensor1D;
    out.push(addRelu(a, b), addBias(rows, bias), globalAveragePool(a as tf.Tensor4D));
    out.push(...tf.grads((x, y) => weigh(addRelu(x, y)))([a, b]));
    out.push(...tf.grads((x, y) => weigh(addBias(x as tf.Tensor2D, y as tf.Tensor1D)))([rows, bias]));
    out.push(...tf.grads((x) => weigh(globalAveragePool(x as tf.Tensor4D)))([a]));
  }
  return Promise.all(out.map(async (result) => Float32Array.from(await result.data())));
}

const found = new Map<BackendName, Float32Array[]>();
beforeAll(async () => {
  for (const backend of ["webgpu", "wasm"] as const) {
    await startBackend(backend);
    found.set(backend, await results());
  }
  await startBackend("cpu");
});

test("sum with ReLU, bias and pooling are what plain tfjs computes, gradients too", async () => {
  const reference = await results();
  expect(reference).toHaveLength(8 * shapes.length);
  for (const [i, wanted] of reference.entries()) {
    for (const [backend, all] of found) {
      const given = all[i] ?? new Float32Array();
      expect(given.length).toBe(wanted.length);
      const worst = given.reduce((most, x, j) => Math.max(most, Math.abs(x - (wanted[j] ?? Number.NaN))), 0);
      expect(worst, backend).toBeLessThan(2e-5);
    }
  }
});

test("shapes that do not fit are named", () => {
  expect(() => addRelu(tf.zeros([2]), tf.zeros([3]))).toThrow(/\[2\].*\[3\]/);
  expect(() => addBias(tf.zeros([2, 4]), tf.zeros([3]))).toThrow(/bias of 3.*2,4/);
});
