import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { gradientError } from "../../math/gradient-check.test-support";
import * as composed from "../../math/similarities";
import { type Target, target } from "../../math/target";
import { sized } from "../../test-size.test-support";
import { drawn, expectAlike, normals, pick } from "../alike.test-support";
import { candidateSimilarities, queueSimilarities, unitRows } from "./unit-rows";

const cases = Array.from({ length: sized(9, 50) }, (_, i) => {
  const [a, b, c] = drawn(i, 3);
  return {
    rows: pick(a, [1, 2, 7, 32]),
    columns: pick(b, [2, 3, 8, 64, 65, 300]),
    queue: pick(c, [1, 2, 31, 64, 200]),
    zeroRow: i % 7 === 3,
  };
});

test("unit rows and their similarities to a queue equal their composed forms", async () => {
  await expectAlike(
    startBackend,
    cases,
    ({ rows, columns, queue, zeroRow }, i, plain) => {
      const [x, partner] = [
        normals<tf.Rank.R2>([rows, columns], 5 * i),
        normals<tf.Rank.R2>([rows, columns], 5 * i + 1),
      ];
      const kept = target(composed.l2Normalize(normals<tf.Rank.R2>([queue, columns], 5 * i + 2)));
      const similarities = plain ? composed.candidateSimilarities : candidateSimilarities;
      const unit = plain ? composed.l2Normalize : unitRows;
      const candidates = (at: tf.Tensor) => similarities(at as tf.Tensor2D, target(partner), kept);
      const weights = normals<tf.Rank.R2>([rows, queue + 1], 5 * i + 3);
      const zeroed = zeroRow ? tf.concat([tf.zeros([1, columns]), x]) : x;
      return [
        candidates(x),
        tf.grad((at) => tf.sum(tf.mul(candidates(at), weights)))(x),
        unit(zeroed as tf.Tensor2D),
        tf.grad((at) => tf.sum(tf.square(tf.add(unit(at as tf.Tensor2D), 1))))(zeroed),
      ];
    },
    2e-5,
  );
});

test("gradients agree with finite differences on the GPU", async () => {
  await startBackend("webgpu");
  const [x, queue] = [
    normals<tf.Rank.R2>([4, 6], 1),
    target(composed.l2Normalize(normals<tf.Rank.R2>([5, 6], 2))),
  ];
  const loss = (at: tf.Tensor2D) => tf.mean(tf.square(queueSimilarities(at, queue))) as tf.Scalar;
  expect(await gradientError(loss, x)).toBeLessThan(2e-3);
});

test("shapes that do not fit are named before anything runs", () => {
  const x = tf.zeros<tf.Rank.R2>([2, 3]);
  const of = (shape: [number, number]) => tf.zeros<tf.Rank.R2>(shape) as Target;
  expect(() => candidateSimilarities(x, of([3, 3]), of([4, 3]))).toThrow(/\[2,3\].*\[3,3\]/);
  expect(() => candidateSimilarities(x, of([2, 3]), of([4, 2]))).toThrow(/\[2,3\].*\[4,2\]/);
  expect(() => unitRows(tf.zeros([0, 3]))).toThrow(/\[0,3\]/);
});
