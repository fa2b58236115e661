import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { gradientError } from "../../math/gradient-check.test-support";
import { sized } from "../../test-size.test-support";
import { expectAlike, type ImageShape, imageShapes, normals, withGradients } from "../alike.test-support";
import { globalAveragePool } from "./average-pool";

const plainly = (x: tf.Tensor4D) => tf.mean(x, [1, 2]);

test("the mean over all pixels and its gradient equal those of plain tfjs", async () => {
  const compute = (shape: ImageShape, i: number, plain: boolean) =>
    withGradients(plain ? plainly : globalAveragePool, [normals<tf.Rank.R4>(shape, 2 * i)], 2 * i + 1);
  await expectAlike(startBackend, imageShapes(sized(9, 48)), compute, 2e-5);
});

test("its gradient agrees with finite differences on the GPU", async () => {
  await startBackend("webgpu");
  const loss = (x: tf.Tensor4D) => tf.mean(tf.square(globalAveragePool(x))) as tf.Scalar;
  expect(await gradientError(loss, normals<tf.Rank.R4>([2, 3, 3, 2], 900))).toBeLessThan(2e-3);
});
