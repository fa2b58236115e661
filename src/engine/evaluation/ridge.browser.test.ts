import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startBackend } from "../device/start";
import { Purpose, randomFor } from "../math/random";
import { asClassifier, fitRidge, fitRidgeOn, ridgeScores } from "./ridge";

const classes = 5;

describe.each(["webgpu", "wasm"] as const)("on %s", (backend) => {
  beforeAll(async () => void (await startBackend(backend)));

  test.each([
    [60, 9],
    [130, 64],
    [20, 33],
  ])(
    "%i images with %i features: scores are those in float64, also as a classifier's shares",
    async (count, dimension) => {
      const random = randomFor(count, Purpose.test);
      const features = Float32Array.from(
        random.normals(count * dimension, 1),
        (x, i) => 3 * x + (i % dimension),
      );
      const labels = Array.from({ length: count }, (_, i) => (i * i) % classes);
      const wanted = ridgeScores(fitRidge({ features, labels }, classes), features);
      const rows = tf.tensor2d(features, [count, dimension]);
      const ridge = await fitRidgeOn(rows, labels, classes);
      const found = ridgeScores(ridge, features);
      const logits = tf.tidy(() => asClassifier(ridge).logits(rows));
      const logarithms = await logits.data();
      tf.dispose([rows, logits]);
      for (const [i, score] of wanted.entries()) {
        expect(Math.abs((found[i] as number) - score)).toBeLessThan(1e-3);
        expect(Math.exp(logarithms[i] as number)).toBeCloseTo(Math.max(score, 1e-3), 2);
      }
    },
  );
});
