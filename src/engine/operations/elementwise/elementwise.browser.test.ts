import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { gradientError } from "../../math/gradient-check.test-support";
import { sized } from "../../test-size.test-support";
import { expectAlike, type ImageShape, imageShapes, normals, withGradients } from "../alike.test-support";
import { addBias, addRelu } from "./elementwise";

const cases = imageShapes(sized(9, 48));

const plainly = {
  addRelu: (a: tf.Tensor4D, b: tf.Tensor4D) => tf.relu(tf.add(a, b)),
  addBias: (x: tf.Tensor2D, bias: tf.Tensor1D) => tf.add(x, bias),
};
const byKernels = { addRelu, addBias };

test("addRelu, addBias and their gradients equal those of plain tfjs", async () => {
  const compute = (shape: ImageShape, i: number, plain: boolean) => {
    const way = plain ? plainly : byKernels;
    const [a, b] = [normals<tf.Rank.R4>(shape, 4 * i), normals<tf.Rank.R4>(shape, 4 * i + 1)];
    const rows = tf.reshape(a, [-1, shape[3]]);
    return [
      ...withGradients(way.addRelu, [a, b], 4 * i + 2),
      ...withGradients(way.addBias, [rows, normals<tf.Rank.R1>([shape[3]], 4 * i + 3)], 4 * i + 2),
    ];
  };
  await expectAlike(startBackend, cases, compute, 2e-5);
});

test("gradients agree with finite differences on the GPU", async () => {
  await startBackend("webgpu");
  const x = normals<tf.Rank.R4>([2, 3, 3, 2], 900);
  // Far from the kink of the ReLU.
  const positive = tf.add(tf.abs(x), 1) as tf.Tensor4D;
  const loss = (y: tf.Tensor) => tf.mean(tf.square(y)) as tf.Scalar;
  expect(await gradientError((at: tf.Tensor4D) => loss(addRelu(at, tf.abs(x))), positive)).toBeLessThan(2e-3);
});

test("shapes that do not fit are named", () => {
  expect(() => addRelu(tf.zeros([2]), tf.zeros([3]))).toThrow(/\[2\].*\[3\]/);
  expect(() => addBias(tf.zeros([2, 4]), tf.zeros([3]))).toThrow(/bias of 3.*2,4/);
});
