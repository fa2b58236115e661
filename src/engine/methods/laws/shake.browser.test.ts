import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { type GoldenVector, goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { gradientError, isExactlyZero } from "../../math/gradient-check.test-support";
import { target } from "../../math/target";
import { kdTerms } from "../kd";
import { type ShakeSettings, shakeTerms, standardizedLogits, weighShakeTerms } from "../shake";

const random = (seed: number): tf.Tensor2D => tf.randomNormal([4, 5], 0, 2, "float32", seed);
const labels = () => tf.tensor1d([0, 3, 4, 3], "int32");
const settings = { gamma: 1, alpha: 0.5, beta: 1, temperature: 4, standardized: true } as const;

/** The loss of student and shadow head, with a fixed teacher. */
const loss =
  (own: Partial<ShakeSettings> = {}) =>
  (student: tf.Tensor2D, shadow: tf.Tensor2D): tf.Scalar => {
    const chosen = { ...settings, ...own };
    return weighShakeTerms(shakeTerms(student, shadow, target(random(9)), labels(), chosen), chosen);
  };

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));
  const within = async ({ tol }: GoldenVector, value: tf.Tensor | undefined, wanted: unknown) =>
    expect(largestError(await value?.array(), wanted)).toBeLessThanOrEqual(slack * tol);

  test("shake.standardized", async () => {
    const golden = goldenVector("shake.standardized");
    const found = standardizedLogits(tf.tensor2d(golden.inputs.logits));
    await within(golden, found, golden.expected.standardized);
  });

  test.each(["shake.published", "shake.plain"])("%s", async (id) => {
    const golden = goldenVector(id);
    const { inputs, params, expected } = golden;
    const chosen = { ...params, temperature: params.T } as ShakeSettings;
    const [s, p] = [tf.tensor2d(inputs.student), tf.tensor2d(inputs.shadow)];
    const y = tf.tensor1d(inputs.labels, "int32");
    const termsOf = (student: tf.Tensor2D, shadow: tf.Tensor2D) =>
      shakeTerms(student, shadow, target(tf.tensor2d(inputs.teacher)), y, chosen);
    const terms = termsOf(s, p);
    await within(golden, terms.labels, expected.labels);
    await within(golden, terms.imitation, expected.imitation);
    await within(golden, terms.ofShadow, expected.of_shadow);
    await within(golden, terms.shadow, expected.shadow);
    await within(golden, weighShakeTerms(terms, chosen), expected.total);
    const [ofStudent, ofShadow] = tf.grads((a, b) =>
      weighShakeTerms(termsOf(a as tf.Tensor2D, b as tf.Tensor2D), chosen),
    )([s, p]);
    await within(golden, ofStudent, expected.grad_student);
    await within(golden, ofShadow, expected.grad_shadow);
  });

  test.each([true, false])(
    "the gradients match finite differences, standardized: %s",
    async (standardized) => {
      const [s, p] = [random(1), random(2)];
      // A difference quotient would also move what is stopped, so each network's own terms are compared alone.
      const ofStudent = (x: tf.Tensor2D) => {
        const {
          labels: ce,
          imitation,
          ofShadow,
        } = shakeTerms(x, p, target(random(9)), labels(), {
          ...settings,
          standardized,
        });
        return tf.add(tf.add(ce, imitation), ofShadow) as tf.Scalar;
      };
      const ofHead = (x: tf.Tensor2D) =>
        shakeTerms(s, x, target(random(9)), labels(), { ...settings, standardized }).shadow;
      expect(await gradientError(ofStudent, s)).toBeLessThan(5e-3);
      expect(await gradientError(ofHead, p)).toBeLessThan(5e-3);
    },
  );

  test("with β = 0 the shadow head has no gradient, and the loss without standardization is KD's", async () => {
    const [ofStudent, ofShadow] = tf.grads((s, p) =>
      loss({ beta: 0, standardized: false })(s as tf.Tensor2D, p as tf.Tensor2D),
    )([random(1), random(2)]);
    expect(await isExactlyZero(ofShadow)).toBe(true);
    expect(await isExactlyZero(ofStudent)).toBe(false);
    const kd = kdTerms(random(1), target(random(9)), labels(), { temperature: 4, scaling: "hinton" });
    const sum = tf.add(kd.labels, tf.mul(0.5, kd.imitation));
    const own = loss({ beta: 0, standardized: false })(random(1), random(2));
    expect(largestError(await own.array(), await sum.array())).toBeLessThan(1e-5);
  });

  test("standardized, the loss does not change if logits are scaled or shifted", async () => {
    const [s, p] = [random(1), random(2)];
    const moved = loss()(tf.add(tf.mul(s, 3), 2), p);
    expect(largestError(await moved.array(), await loss()(s, p).array())).toBeLessThan(1e-4);
  });
});
