import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { gradientError } from "../../math/gradient-check.test-support";
import { sized } from "../../test-size.test-support";
import { drawn, expectAlike, normals, pick } from "../alike.test-support";
import { choicesOf } from "../conv2d/choice";
import { dense, product, productByTransposed } from "./dense";

type Matrix = tf.Tensor2D;

const cases = [
  ...Array.from({ length: sized(6, 48) }, (_, i) => {
    const [a, b, c] = drawn(i, 3);
    return {
      rows: pick(a, [1, 2, 3, 5, 8, 17, 33, 64]),
      inner: pick(b, [1, 3, 4, 8, 15, 32, 33]),
      columns: pick(c, [1, 2, 5, 8, 10, 16, 31]),
    };
  }),
  { rows: 100, inner: 32, columns: 100 },
  { rows: 130, inner: 128, columns: 3 },
  { rows: 7, inner: 300, columns: 9 },
];
type Case = (typeof cases)[number];

/** Returns results and the gradients of a weighted sum of them. */
function results(y: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: tf.Tensor[], stream: number): tf.Tensor[] {
  const value = y(...inputs);
  const weights = normals(value.shape as [number, number], stream);
  return [value, ...tf.grads((...given) => tf.sum(tf.mul(y(...given), weights)))(inputs)];
}

function compute({ rows, inner, columns }: Case, i: number, plain: boolean): tf.Tensor[] {
  const [x, w] = [
    normals<tf.Rank.R2>([rows, inner], 6 * i),
    normals<tf.Rank.R2>([inner, columns], 6 * i + 1),
  ];
  const [bias, other] = [
    normals<tf.Rank.R1>([columns], 6 * i + 2),
    normals<tf.Rank.R2>([columns, inner], 6 * i + 3),
  ];
  const layer = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
    plain ? tf.add(tf.matMul(a, b), c) : dense(a as Matrix, b as Matrix, c as tf.Tensor1D);
  const by = (a: tf.Tensor, b: tf.Tensor) =>
    plain ? tf.matMul(a, b, false, true) : productByTransposed(a as Matrix, b as Matrix);
  const times = (a: tf.Tensor, b: tf.Tensor) => (plain ? tf.matMul(a, b) : product(a as Matrix, b as Matrix));
  return [
    ...results(layer, [x, w, bias], 6 * i + 4),
    // The same kernels in their other roles.
    ...(i % 8 === 0 ? results(by, [x, other], 6 * i + 4) : []),
    ...(i % 8 === 1 ? results(times, [x, w], 6 * i + 4) : []),
  ];
}

test("linear layers, matrix products and their gradients equal those of plain tfjs", async () => {
  await expectAlike(startBackend, cases, compute, 2e-5);
});

test("a layer adds its bias in every family of kernels", async () => {
  await startBackend("webgpu");
  const choices = choicesOf((trainingBackend() as TrainingBackend).device);
  const [x, w, bias] = [
    normals<tf.Rank.R2>([19, 21], 1),
    normals<tf.Rank.R2>([21, 11], 2),
    normals<tf.Rank.R1>([11], 3),
  ];
  const wanted = (await tf.add(tf.matMul(x, w), bias).data()) as Float32Array;
  choices.forgetMet();
  tf.dispose(dense(x, w, bias));
  const [convolution] = choices.met;
  if (!convolution) throw new Error("The layer ran no convolution.");
  for (const family of choices.available) {
    choices.choose(convolution, family);
    const given = await dense(x, w, bias).data();
    const worst = wanted.reduce(
      (most, value, j) => Math.max(most, Math.abs(value - (given[j] as number))),
      0,
    );
    expect(worst, family).toBeLessThan(1e-4);
  }
});

test("gradients agree with finite differences on the GPU", async () => {
  await startBackend("webgpu");
  const [x, w, bias] = [
    normals<tf.Rank.R2>([5, 7], 11),
    normals<tf.Rank.R2>([7, 3], 12),
    normals<tf.Rank.R1>([3], 13),
  ];
  const loss = (y: tf.Tensor) => tf.mean(tf.square(y)) as tf.Scalar;
  expect(await gradientError((at: Matrix) => loss(dense(at, w, bias)), x)).toBeLessThan(2e-3);
  expect(await gradientError((at: Matrix) => loss(dense(x, at, bias)), w)).toBeLessThan(2e-3);
  expect(await gradientError((at: tf.Tensor1D) => loss(dense(x, w, at)), bias)).toBeLessThan(2e-3);
});

test("shapes that do not fit are named before anything runs", () => {
  const [x, w] = [tf.zeros<tf.Rank.R2>([2, 3]), tf.zeros<tf.Rank.R2>([4, 5])];
  expect(() => dense(x, w, tf.zeros([5]))).toThrow(/\[4,5\].*bias of 5.*\[2,3\]/);
  expect(() => dense(x, tf.zeros([3, 5]), tf.zeros([4]))).toThrow(/\[3,5\].*bias of 4.*\[2,3\]/);
  expect(() => product(x, w)).toThrow(/\[2,3\].*\[4,5\]/);
  expect(() => productByTransposed(x, w)).toThrow(/\[2,3\].*\[4,5\] transposed/);
});
