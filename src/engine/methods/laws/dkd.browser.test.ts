import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { type GoldenVector, goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { gradientError } from "../../math/gradient-check.test-support";
import { target } from "../../math/target";
import { dkdTerms, weighDkdTerms } from "../dkd";
import { supervisedLoss } from "../supervised";

const random = (seed: number, scale = 2): tf.Tensor2D =>
  tf.mul(scale, tf.randomNormal([4, 5], 0, 1, "float32", seed));
const labels = () => tf.tensor1d([0, 3, 4, 3], "int32");
const weights = { alpha: 1, beta: 8 };

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));
  const within = async ({ tol }: GoldenVector, value: tf.Tensor, wanted: unknown) =>
    expect(largestError(await value.array(), wanted)).toBeLessThanOrEqual(slack * tol);
  const givenBy = ({ inputs }: GoldenVector) => ({
    s: tf.tensor2d(inputs.student) as tf.Tensor2D,
    t: target(tf.tensor2d(inputs.teacher) as tf.Tensor2D),
    y: tf.tensor1d(inputs.labels, "int32"),
  });

  test("dkd.parts", async () => {
    const golden = goldenVector("dkd.parts");
    const { s, t, y } = givenBy(golden);
    const terms = dkdTerms(s, t, y, { temperature: golden.params.T });
    await within(golden, terms.targetClass, golden.expected.target_class);
    await within(golden, terms.otherClasses, golden.expected.other_classes);
    expect(golden.expected.kd_of_parts).toBeCloseTo(golden.expected.kd, 12);
  });

  test.each(["dkd.loss", "dkd.standardized"])("%s", async (id) => {
    const golden = goldenVector(id);
    const { s, t, y } = givenBy(golden);
    const { T: temperature, ramp, standardized, ...own } = golden.params;
    const loss = (x: tf.Tensor2D) =>
      weighDkdTerms(dkdTerms(x, t, y, { temperature, standardized }), own, ramp);
    await within(golden, loss(s), golden.expected.loss);
    await within(golden, tf.grad((x) => loss(x as tf.Tensor2D))(s), golden.expected.grad);
  });

  test.each([false, true])(
    "the gradient matches finite differences, standardized: %s",
    async (standardized) => {
      const t = target(random(2));
      const loss = (x: tf.Tensor2D) =>
        weighDkdTerms(dkdTerms(x, t, labels(), { temperature: 4, standardized }), weights);
      expect(await gradientError(loss, random(1))).toBeLessThan(5e-3);
    },
  );

  test("a constant added to the logit of the class moves only its own part", async () => {
    const [s, t] = [random(1), target(random(2))];
    const chosen = tf.cast(tf.oneHot(labels(), 5), "float32");
    const of = async (x: tf.Tensor2D) => {
      const { targetClass, otherClasses } = dkdTerms(x, t, labels(), { temperature: 4 });
      return [await targetClass.array(), await otherClasses.array()] as const;
    };
    const [before, after] = [await of(s), await of(tf.add(s, tf.mul(3, chosen)) as tf.Tensor2D)];
    expect(after[1]).toBeCloseTo(before[1], 4);
    expect(Math.abs(after[0] - before[0])).toBeGreaterThan(1e-2);
  });

  test("at a ramp of 0 it is the supervised loss, and it stays finite if probabilities vanish", async () => {
    const [s, t] = [random(1, 200), target(random(2, 200))];
    const terms = dkdTerms(s, t, labels(), { temperature: 4 });
    const plain = await supervisedLoss(s, labels()).array();
    expect(await weighDkdTerms(terms, weights, 0).array()).toBe(plain);
    const gradient = tf.grad((x) =>
      weighDkdTerms(dkdTerms(x as tf.Tensor2D, t, labels(), { temperature: 4 }), weights),
    )(s);
    expect(Array.from(await gradient.data()).every(Number.isFinite)).toBe(true);
  });
});
