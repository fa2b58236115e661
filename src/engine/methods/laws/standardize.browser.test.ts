import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { type GoldenVector, goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { gradientError, isExactlyZero } from "../../math/gradient-check.test-support";
import { zScored } from "../../math/standardize";
import { target } from "../../math/target";
import { kdLoss, kdTerms } from "../kd";
import { ssldLoss } from "../ssld";

const random = (seed: number): tf.Tensor2D => tf.randomNormal([4, 5], 0, 2, "float32", seed);

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));
  const within = async ({ tol }: GoldenVector, value: tf.Tensor, wanted: unknown) =>
    expect(largestError(await value.array(), wanted)).toBeLessThanOrEqual(slack * tol);
  const gradient = (loss: (x: tf.Tensor2D) => tf.Scalar, at: tf.Tensor2D) =>
    tf.grad((x) => loss(x as tf.Tensor2D))(at);

  test("standardize.logits", async () => {
    const golden = goldenVector("standardize.logits");
    const logits = tf.tensor2d(golden.inputs.logits);
    await within(golden, zScored(logits), golden.expected.standardized);
    await within(golden, zScored(tf.slice(logits, 0, [3, 2])), golden.expected.two_classes);
  });

  test("standardize.kd", async () => {
    const golden = goldenVector("standardize.kd");
    const { inputs, params, expected } = golden;
    const [s, t] = [tf.tensor2d(inputs.student), target(tf.tensor2d(inputs.teacher))];
    const y = tf.tensor1d(inputs.labels, "int32");
    const own = { temperature: params.T, scaling: "article", standardized: true } as const;
    const loss = (x: tf.Tensor2D) => kdLoss(x, t, y, { ...own, alpha: params.alpha });
    await within(golden, kdTerms(s, t, y, own).imitation, expected.imitation);
    await within(golden, loss(s), expected.loss);
    await within(golden, gradient(loss, s), expected.grad);
  });

  test("standardize.ssld", async () => {
    const golden = goldenVector("standardize.ssld");
    const t = target(tf.tensor2d(golden.inputs.teacher));
    const loss = (x: tf.Tensor2D) => ssldLoss("KL", x, t, true);
    const s = tf.tensor2d(golden.inputs.student);
    await within(golden, loss(s), golden.expected.loss);
    await within(golden, gradient(loss, s), golden.expected.grad);
  });

  test("the gradient matches finite differences; scaled and shifted logits give the same loss", async () => {
    const t = target(random(2));
    const loss = (x: tf.Tensor2D) => ssldLoss("KL", x, t, true);
    expect(await gradientError(loss, random(1))).toBeLessThan(5e-3);
    const moved = loss(tf.add(tf.mul(random(1), 5), 3) as tf.Tensor2D);
    expect(largestError(await moved.array(), await loss(random(1)).array())).toBeLessThan(1e-5);
  });

  test("equal logits give finite numbers, and two classes leave no gradient", async () => {
    const flat = gradient((x) => ssldLoss("KL", x, target(random(2)), true), tf.ones([4, 5]));
    expect(Array.from(await flat.data()).every(Number.isFinite)).toBe(true);
    const two = (seed: number): tf.Tensor2D => tf.slice(random(seed), 0, [4, 2]);
    const none = gradient((x) => ssldLoss("KL", x, target(two(2)), true), two(1));
    expect(largestError(await none.array(), Array(8).fill(0))).toBeLessThan(1e-5);
    expect(await isExactlyZero(gradient((x) => ssldLoss("KL", x, target(two(2))), two(1)))).toBe(false);
  });
});
