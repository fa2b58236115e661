import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { mixup, mixupWeight, windowOffsets } from "../funmatch";

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));

  describe("golden vectors", () => {
    test("funmatch.mixup", async () => {
      const { inputs, expected, tol } = goldenVector("funmatch.mixup");
      const weight = mixupWeight(inputs.u);
      expect(weight).toBeCloseTo(expected.lam, 12);
      const mixed = await mixup(tf.tensor2d(inputs.x), weight).array();
      expect(largestError(mixed, expected.mixed)).toBeLessThanOrEqual(slack * tol);
    });
  });

  test("mixup keeps the batch's mean for every weight, and a weight of 1 keeps every image", async () => {
    const images: tf.Tensor4D = tf.randomNormal([3, 4, 4, 2], 0, 1, "float32", 1);
    const weights = [0.5, 0.7, tf.scalar(0.9)];
    for (const weight of weights) {
      const change = tf.sub(tf.mean(mixup(images, weight), 0), tf.mean(images, 0));
      expect(largestError(await change.array(), Array(32).fill(0))).toBeLessThan(1e-5);
    }
    expect(await mixup(images, 1).array()).toEqual(await images.array());
  });
});

test("the image itself always has the larger weight", () => {
  for (const u of [0, 0.1, 0.5, 0.9, 0.999]) {
    expect(mixupWeight(u)).toBeGreaterThanOrEqual(0.5);
    expect(mixupWeight(u)).toBeCloseTo(mixupWeight(1 - u), 12);
  }
});

test("there are as many windows as in the paper, all different and inside the image", () => {
  expect(windowOffsets(256, 224)).toHaveLength(1024);
  expect(windowOffsets(28, 28)).toEqual([{ x: 0, y: 0 }]);
  const windows = windowOffsets(32, 28);
  expect(new Set(windows.map(({ x, y }) => `${x},${y}`)).size).toBe(16);
  for (const { x, y } of windows) expect(Math.max(x, y) + 28).toBeLessThanOrEqual(32);
});
