import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { gradientError } from "../../math/gradient-check.test-support";
import { sized } from "../../test-size.test-support";
import { drawn, expectAlike, normals, pick } from "../alike.test-support";
import { addBias, addRelu, globalAveragePool } from "./elementwise";

type Shape = [number, number, number, number];

const cases: readonly Shape[] = [
  ...Array.from({ length: sized(16, 48) }, (_, i): Shape => {
    const [a, b, c, d] = drawn(i, 4);
    return [pick(a, [1, 2, 3, 5]), pick(b, [1, 2, 4, 7]), pick(c, [1, 3, 4]), pick(d, [1, 2, 3, 8, 17])];
  }),
  [8, 8, 8, 16],
  [1, 3, 5, 130],
];

const plainly = {
  addRelu: (a: tf.Tensor4D, b: tf.Tensor4D) => tf.relu(tf.add(a, b)),
  addBias: (x: tf.Tensor2D, bias: tf.Tensor1D) => tf.add(x, bias),
  pool: (x: tf.Tensor4D) => tf.mean(x, [1, 2]),
};
const byKernels = { addRelu, addBias, pool: globalAveragePool };

/** The result and the gradients of a weighted sum of it. */
function results(of: (...given: never[]) => tf.Tensor, inputs: tf.Tensor[], stream: number): tf.Tensor[] {
  const compute = of as (...given: tf.Tensor[]) => tf.Tensor;
  const y = compute(...inputs);
  const weights = normals(y.shape as Shape, stream);
  return [y, ...tf.grads((...given) => tf.sum(tf.mul(compute(...given), weights)))(inputs)];
}

test("sum with ReLU, bias and pooling are what plain tfjs computes, gradients too", async () => {
  const compute = (shape: Shape, i: number, plain: boolean) => {
    const way = plain ? plainly : byKernels;
    const [a, b] = [normals<tf.Rank.R4>(shape, 4 * i), normals<tf.Rank.R4>(shape, 4 * i + 1)];
    const rows = tf.reshape(a, [-1, shape[3]]);
    return [
      ...results(way.addRelu, [a, b], 4 * i + 2),
      ...results(way.addBias, [rows, normals<tf.Rank.R1>([shape[3]], 4 * i + 3)], 4 * i + 2),
      ...results(way.pool, [a], 4 * i + 2),
    ];
  };
  await expectAlike(startBackend, cases, compute, 2e-5);
});

test("gradients are those of finite differences, on the GPU", async () => {
  await startBackend("webgpu");
  const x = normals<tf.Rank.R4>([2, 3, 3, 2], 900);
  // Far from where the ReLU has no slope.
  const positive = tf.add(tf.abs(x), 1) as tf.Tensor4D;
  const loss = (y: tf.Tensor) => tf.mean(tf.square(y)) as tf.Scalar;
  expect(await gradientError((at: tf.Tensor4D) => loss(addRelu(at, tf.abs(x))), positive)).toBeLessThan(2e-3);
  expect(await gradientError((at: tf.Tensor4D) => loss(globalAveragePool(at)), x)).toBeLessThan(2e-3);
});

test("shapes that do not fit are named", () => {
  expect(() => addRelu(tf.zeros([2]), tf.zeros([3]))).toThrow(/\[2\].*\[3\]/);
  expect(() => addBias(tf.zeros([2, 4]), tf.zeros([3]))).toThrow(/bias of 3.*2,4/);
});
