import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../compiled/compiled-kernels.test-support";
import { startBackend } from "../device/start";
import { goldenVector, largestError } from "../math/golden-vectors.test-support";
import { gradientError, isExactlyZero } from "../math/gradient-check.test-support";
import { target } from "../math/target";
import { queueOf } from "../operations/queue/queue";
import { infoNceLoss } from "./moco";
import {
  channelDistillationLoss,
  gradientCosine,
  type S2bnnStrategy,
  type S2bnnTerm,
  s2bnnLoss,
} from "./s2bnn";

const random = (seed: number): tf.Tensor2D => tf.randomNormal([4, 6], 0, 1, "float32", seed);

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));

  describe("golden vectors", () => {
    test("s2bnn.distill", async () => {
      const { inputs, params, expected, tol } = goldenVector("s2bnn.distill");
      const within = async (value: tf.Scalar, wanted: number) =>
        expect(largestError(await value.array(), wanted)).toBeLessThanOrEqual(slack * tol);
      const [student, teacher] = [tf.tensor2d(inputs.student), tf.tensor2d(inputs.teacher)];
      const distillation = () => channelDistillationLoss(student, target(teacher), params.T);
      await within(distillation(), expected.mean);
      for (const [row, wanted] of expected.per_sample.entries()) {
        const [s, t] = [student, teacher].map((x) => tf.slice(x, row, 1)) as [tf.Tensor2D, tf.Tensor2D];
        await within(channelDistillationLoss(s, target(t), params.T), wanted);
      }
      const moco = goldenVector("moco.infonce");
      const contrast = () =>
        infoNceLoss(
          tf.tensor2d(moco.inputs.q),
          target(tf.tensor2d(moco.inputs.k)),
          queueOf(tf.tensor2d(moco.inputs.queue)).rows,
          moco.params.T,
        );
      await within(s2bnnLoss("both", { contrast, distillation }), expected.strategy2_with_moco_mean);
    });
  });

  test("the gradient matches finite differences, and the teacher has none", async () => {
    const [s, t] = [random(1), random(2)];
    expect(await gradientError((x) => channelDistillationLoss(x, target(t)), s)).toBeLessThan(5e-3);
    const [own, other] = tf.grads((a, b) =>
      channelDistillationLoss(a as tf.Tensor2D, target(b as tf.Tensor2D)),
    )([s, t]);
    expect(await isExactlyZero(own)).toBe(false);
    expect(await isExactlyZero(other)).toBe(true);
  });

  test("the gradient is zero if the student has the teacher's direction", async () => {
    const t = random(2);
    const loss = (s: tf.Tensor) => channelDistillationLoss(s as tf.Tensor2D, target(t));
    const gradient = await tf.grad(loss)(tf.mul(t, 3)).array();
    expect(largestError(gradient, Array(24).fill(0))).toBeLessThan(1e-6);
    expect(await loss(random(3)).array()).toBeGreaterThan(await loss(t).array());
  });

  test("each strategy is the sum of its terms and computes no others", async () => {
    const counted = (strategy: S2bnnStrategy) => {
      const computed: S2bnnTerm[] = [];
      const term = (name: S2bnnTerm, value: number) => () => {
        computed.push(name);
        return tf.scalar(value);
      };
      const loss = s2bnnLoss(strategy, {
        contrast: term("contrast", 2),
        distillation: term("distillation", 0.5),
      });
      return loss.array().then((value) => ({ value, computed }));
    };
    expect(await counted("contrast")).toEqual({ value: 2, computed: ["contrast"] });
    expect(await counted("both")).toEqual({ value: 2.5, computed: ["contrast", "distillation"] });
    expect(await counted("distillation")).toEqual({ value: 0.5, computed: ["distillation"] });
  });

  test("the cosine of two gradients is 1 for a loss with itself, −1 with its negative, and 0 if a gradient is zero", async () => {
    const [z, t] = [random(1), target(random(2))];
    const loss = (x: tf.Tensor2D) => channelDistillationLoss(x, t);
    const cosine = (other: (x: tf.Tensor2D) => tf.Scalar) => gradientCosine(loss, other, z).array();
    expect(await cosine((x) => tf.mul(3, loss(x)))).toBeCloseTo(1, 4);
    expect(await cosine((x) => tf.neg(loss(x)))).toBeCloseTo(-1, 4);
    expect(await cosine((x) => tf.sum(tf.mul(0, x)) as tf.Scalar)).toBe(0);
    const before = tf.memory().numTensors;
    gradientCosine(loss, loss, z).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
