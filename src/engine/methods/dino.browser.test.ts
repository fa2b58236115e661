import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../compiled/compiled-kernels.test-support";
import { startBackend } from "../device/start";
import { goldenVector, largestError } from "../math/golden-vectors.test-support";
import { gradientError, isExactlyZero } from "../math/gradient-check.test-support";
import { type Target, target } from "../math/target";
import { collapsePlateau, dinoLoss, teacherEntropy, updateCenter } from "./dino";

const [batch, prototypes] = [3, 8];
const random = (seed: number): tf.Tensor2D => tf.randomNormal([batch, prototypes], 0, 0.2, "float32", seed);
const views = (...seeds: number[]) => seeds.map(random);
const stop = (logits: readonly tf.Tensor2D[]) => logits.map((x) => target(x));
const centerAt = (values: number[]): Target<tf.Tensor1D> => target(tf.tensor1d(values));
const noCenter = () => centerAt(Array(prototypes).fill(0));

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));

  describe("golden vectors", () => {
    test("dino.loss_center", async () => {
      const { inputs, params, expected, tol } = goldenVector("dino.loss_center");
      const tensors = (logits: number[][][]) => logits.map((view) => tf.tensor2d(view));
      const [student, teacher] = [tensors(inputs.student), stop(tensors(inputs.teacher))];
      const center = centerAt(inputs.center);
      const loss = dinoLoss(student, teacher, center, { student: params.Ts, teacher: params.Tt });
      expect(largestError(await loss.array(), expected.loss)).toBeLessThanOrEqual(slack * tol);
      const after = await updateCenter(center, teacher, params.m).array();
      expect(largestError(after, expected.center_after)).toBeLessThanOrEqual(slack * tol);
    });

    test("dino.collapse_plateau", async () => {
      const { inputs, expected, tol } = goldenVector("dino.collapse_plateau");
      for (const [i, size] of inputs.out_dim.entries()) {
        expect(largestError(collapsePlateau(size), expected.loss[i])).toBeLessThanOrEqual(tol);
        const alike = () => tf.ones([1, size]) as tf.Tensor2D;
        const center = target(tf.zeros([size]) as tf.Tensor1D);
        const loss = dinoLoss([alike(), alike()], stop([alike(), alike()]), center);
        expect(largestError(await loss.array(), expected.loss[i])).toBeLessThanOrEqual(slack * tol);
      }
    });
  });

  test("the gradient matches finite differences at every view; teacher and center have none", async () => {
    const [a, b, local] = views(1, 2, 3) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const teacher = views(4, 5);
    for (const replace of [
      (x: tf.Tensor2D) => [x, b, local],
      (x: tf.Tensor2D) => [a, x, local],
      (x: tf.Tensor2D) => [a, b, x],
    ]) {
      const loss = (x: tf.Tensor2D) => dinoLoss(replace(x), stop(teacher), noCenter());
      expect(await gradientError(loss, random(6))).toBeLessThan(5e-3);
    }
    const [ofTeacher, ofCenter] = tf.grads((t, c) =>
      dinoLoss([a, b], stop([t as tf.Tensor2D, random(5)]), target(c as tf.Tensor1D)),
    )([random(4), tf.zeros([prototypes])]);
    expect(await isExactlyZero(ofTeacher)).toBe(true);
    expect(await isExactlyZero(ofCenter)).toBe(true);
  });

  test("a local view learns from both global views, a global view only from the other one", async () => {
    const student = views(1, 2, 3);
    const teacher = stop(views(4, 5));
    const one = async (j: number, i: number) =>
      // The view at the teacher's own index is skipped, so any view can be there.
      dinoLoss([random(9), student[j] as tf.Tensor2D], [teacher[i] as Target], noCenter()).array();
    const pairs = await Promise.all([one(1, 0), one(2, 0), one(0, 1), one(2, 1)]);
    const mean = pairs.reduce((sum, loss) => sum + loss, 0) / pairs.length;
    expect(largestError(await dinoLoss(student, teacher, noCenter()).array(), mean)).toBeLessThan(1e-5);
    expect(() => dinoLoss([random(1)], stop([random(1)]), noCenter())).toThrow(/not the teacher's/);
  });

  test("adding the same number to all logits does not change the loss", async () => {
    const [student, teacher] = [views(1, 2), views(4, 5)];
    const plain = await dinoLoss(student, stop(teacher), noCenter()).array();
    const shifted = await dinoLoss(
      student.map((x) => tf.add(x, 3) as tf.Tensor2D),
      stop(teacher.map((x) => tf.sub(x, 2) as tf.Tensor2D)),
      noCenter(),
    ).array();
    expect(largestError(shifted, plain)).toBeLessThan(1e-4);
  });

  test("centering removes one prototype's dominance, and the center converges to the teacher's mean", async () => {
    const favored = tf.oneHot([2, 2, 2], prototypes);
    const teacher = stop(views(1, 2).map((x) => tf.add(x, tf.mul(favored, 5)) as tf.Tensor2D));
    let center = noCenter();
    const dominated = await teacherEntropy(teacher, center).array();
    for (let step = 0; step < 80; step++) center = updateCenter(center, teacher);
    const mean = await tf.mean(tf.concat(teacher, 0), 0).array();
    expect(largestError(await center.array(), mean)).toBeLessThan(5e-3);
    expect(dominated).toBeLessThan(1e-3);
    expect(await teacherEntropy(teacher, center).array()).toBeGreaterThan(0.1);
  });

  test("the teacher's entropy shows both kinds of collapse: ln P for uniform outputs, 0 for one-hot ones", async () => {
    const uniform = stop([tf.zeros([batch, prototypes])]);
    const certain = stop([tf.mul(tf.oneHot([0, 1, 2], prototypes), 50) as tf.Tensor2D]);
    expect(await teacherEntropy(uniform, noCenter()).array()).toBeCloseTo(collapsePlateau(prototypes), 4);
    expect(await teacherEntropy(certain, noCenter()).array()).toBeCloseTo(0, 5);
  });
});
