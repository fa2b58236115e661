import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { gradientError } from "../../math/gradient-check.test-support";
import { sized } from "../../test-size.test-support";
import { drawn, expectAlike, normals, pick } from "../alike.test-support";

const shapes = [
  [1],
  [7],
  [130],
  [5000],
  [1, 1],
  [3, 65],
  [64, 10],
  [129, 4],
  [2, 66, 3],
  [3, 4, 5, 6],
  [1, 2, 200, 1],
];
const cases = Array.from({ length: sized(16, 54) }, (_, i) => {
  const [a = 0, b = 0, c = 0] = drawn(i, 3);
  const shape = pick(i < shapes.length ? i : a, shapes);
  const first = b % shape.length;
  const last = first + ((b >>> 8) % (shape.length - first));
  const axes = Array.from({ length: last - first + 1 }, (_, k) => first + k);
  // Some axes are not adjacent: tfjs transposes those.
  const wanted = c % 9 === 0 && shape.length > 2 ? [0, 2] : axes;
  return { shape, axes: wanted, keepDims: c % 2 === 0 };
});

test("sums, means and maxima over any axes and their gradients equal those of plain tfjs", async () => {
  await expectAlike(
    startBackend,
    cases,
    ({ shape, axes, keepDims }, i) =>
      [tf.sum, tf.mean, tf.max].flatMap((reduce) => {
        const x = normals(shape as [number], 2 * i);
        const y = reduce(x, axes, keepDims);
        const weights = normals(y.shape as [number], 2 * i + 1);
        return [y, tf.grad((at) => tf.sum(tf.mul(reduce(at, axes, keepDims), weights)))(x)];
      }),
    1e-5,
  );
});

test("integers are still summed", async () => {
  await startBackend("webgpu");
  expect(await tf.sum(tf.tensor1d([3, 4, 5], "int32")).data()).toEqual(Int32Array.of(12));
  expect(await tf.sum(tf.tensor1d([true, true, false], "bool")).data()).toEqual(Int32Array.of(2));
});

test("sums are the same in every run, and gradients agree with finite differences", async () => {
  await startBackend("webgpu");
  const x = normals<tf.Rank.R2>([300, 7], 5);
  const first = await tf.sum(x, 0).data();
  expect(await tf.sum(x, 0).data()).toEqual(first);
  expect(
    await gradientError((at: tf.Tensor2D) => tf.sum(tf.square(tf.mean(at, 0))) as tf.Scalar, x),
  ).toBeLessThan(2e-3);
});
