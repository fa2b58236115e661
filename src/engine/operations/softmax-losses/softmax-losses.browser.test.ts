import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { startBackend } from "../../device/start";
import * as composed from "../../math/divergences";
import { gradientError } from "../../math/gradient-check.test-support";
import { type Target, target } from "../../math/target";
import { sized } from "../../test-size.test-support";
import { drawn, expectAlike, normals, pick } from "../alike.test-support";
import { logSoftmax } from "./log-softmax";
import { softmaxCrossEntropy, softmaxDivergence, softTargetCrossEntropy } from "./softmax-losses";

type Matrix = tf.Tensor2D;

/** Few and many columns: a row is handled by one invocation, or by a workgroup. */
const cases = Array.from({ length: sized(12, 52) }, (_, i) => {
  const [a, b, c, d] = drawn(i, 4);
  return {
    rows: pick(a, [1, 2, 5, 32, 65]),
    columns: pick(b, [2, 3, 10, 17, 255, 256, 257, 400]),
    scale: pick(c, [1, 1, 30]),
    temperature: pick(d, [1, 0.2, 4]),
  };
});
type Case = (typeof cases)[number];

interface Numbers {
  readonly student: Matrix;
  readonly teacher: Target;
  readonly labels: tf.Tensor1D;
  readonly temperature: number | tf.Scalar;
}

const numbersOf = ({ rows, columns, scale, temperature }: Case, i: number): Numbers => ({
  student: tf.mul(normals<tf.Rank.R2>([rows, columns], 4 * i), scale),
  teacher: target(tf.mul(normals<tf.Rank.R2>([rows, columns], 4 * i + 1), scale)),
  labels: tf.tensor1d(
    drawn(900 + i, rows).map((word) => word % columns),
    "int32",
  ),
  temperature: i % 2 === 0 ? temperature : tf.scalar(temperature),
});

/** The same four losses by kernels and in composed form. */
function losses({ teacher, labels, temperature: τ }: Numbers, plain: boolean) {
  const both = { teacher: 0.5, student: τ };
  if (!plain) {
    return [
      (x: Matrix) => logSoftmax(x, τ),
      (x: Matrix) => softmaxCrossEntropy(x, labels, τ),
      (x: Matrix) => softmaxDivergence(teacher, x, both),
      (x: Matrix) => softTargetCrossEntropy(teacher, x, both),
    ];
  }
  const logP = () => composed.logProbabilities(teacher, both.teacher);
  const logQ = (x: Matrix) => composed.logProbabilities(x, τ);
  return [
    logQ,
    (x: Matrix) => composed.crossEntropy(labels, logQ(x)),
    (x: Matrix) => composed.klDivergence(logP(), logQ(x)),
    (x: Matrix) => composed.softCrossEntropy(logP(), logQ(x)),
  ];
}

test("log-softmax, cross-entropy and divergences at any temperature equal their composed forms", async () => {
  await expectAlike(
    startBackend,
    cases,
    (one, i, plain) => {
      const numbers = numbersOf(one, i);
      return losses(numbers, plain).flatMap((loss) => {
        const y = loss(numbers.student);
        const weights = normals(y.shape as [number], 4 * i + 3);
        return [y, tf.grad((x) => tf.sum(tf.mul(loss(x as Matrix), weights)))(numbers.student)];
      });
    },
    5e-5,
  );
});

test("gradients agree with finite differences on the GPU", async () => {
  await startBackend("webgpu");
  const numbers = numbersOf({ rows: 4, columns: 5, scale: 1, temperature: 1 }, 2);
  for (const loss of losses(numbers, false)) {
    const error = await gradientError(
      (x: Matrix) => tf.mean(tf.square(loss(x))) as tf.Scalar,
      numbers.student,
    );
    expect(error).toBeLessThan(2e-3);
  }
});

test("a loss of NaN or infinite logits is NaN", async () => {
  await startBackend("webgpu");
  for (const columns of [3, 300]) {
    for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const row = Array.from({ length: columns }, (_, c) => (c === columns - 2 ? broken : c % 5));
      const x = tf.tensor2d([row]);
      const whole = tf.zerosLike(x);
      for (const loss of [
        softmaxCrossEntropy(x, tf.tensor1d([0], "int32")),
        softmaxDivergence(target(whole), x, { teacher: 1, student: 1 }),
        softmaxDivergence(target(x), whole, { teacher: 1, student: 1 }),
      ]) {
        expect((await loss.data())[0]).toBeNaN();
      }
    }
  }
});

test("invalid shapes and temperatures are named before anything runs", () => {
  const x = tf.zeros<tf.Rank.R2>([2, 3]);
  expect(() => softmaxCrossEntropy(x, tf.zeros([3]))).toThrow(/\[2,3\].*3 labels/);
  expect(() => softmaxDivergence(target(tf.zeros([2, 4])), x, { teacher: 1, student: 1 })).toThrow(
    /\[2,4\].*\[2,3\]/,
  );
  expect(() => logSoftmax(x, 0)).toThrow(/above 0, not 0/);
  expect(() => logSoftmax(tf.zeros([0, 3]))).toThrow(/\[0,3\]/);
});
