import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { gradientError, isExactlyZero } from "../../math/gradient-check.test-support";
import { Purpose, randomFor } from "../../math/random";
import { candidateSimilarities, l2Normalize } from "../../math/similarities";
import { target } from "../../math/target";
import { enqueue, queueOf, randomQueue } from "../../operations/queue/queue";
import { compressLoss } from "../compress";
import { infoNceLoss, symmetricInfoNceLoss } from "../moco";
import { seedLoss, seedMultiCropLoss } from "../seed";

const random = (rows: number, columns: number, seed: number): tf.Tensor2D =>
  tf.randomNormal([rows, columns], 0, 1, "float32", seed);

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));

  describe("golden vectors", () => {
    test("moco.infonce", async () => {
      const { inputs, params, expected, tol } = goldenVector("moco.infonce");
      const [q, k] = [tf.tensor2d(inputs.q), target(tf.tensor2d(inputs.k))] as const;
      const queue = queueOf(tf.tensor2d(inputs.queue), inputs.ptr);
      const near = async (value: tf.Tensor, wanted: unknown) =>
        expect(largestError(await value.array(), wanted)).toBeLessThanOrEqual(slack * tol);
      await near(tf.div(candidateSimilarities(q, k, queue.rows), params.T), expected.logits_over_T);
      await near(infoNceLoss(q, k, queue.rows, params.T), expected.mean);
      for (const [row, wanted] of expected.per_sample.entries()) {
        const one = (x: tf.Tensor2D) => tf.slice(x, row, 1);
        await near(infoNceLoss(one(q), target(one(k)), queue.rows, params.T), wanted);
      }
      const after = enqueue(queue, k);
      await near(after.rows, expected.queue_after);
      expect(await after.pointer.array()).toBe(expected.ptr_after);
    });

    test("seed.loss", async () => {
      const { inputs, params, expected, tol } = goldenVector("seed.loss");
      const [student, teacher] = [tf.tensor2d(inputs.student), target(tf.tensor2d(inputs.teacher))] as const;
      const { rows } = queueOf(tf.tensor2d(inputs.queue));
      const loss = (τ: number) =>
        seedLoss(student, teacher, rows, { student: params.Ts, teacher: τ }).array();
      const within = (loss: number, wanted: number) => largestError(loss, wanted);
      expect(within(await loss(params.Tt_soft), expected.mean_Tt_0p1)).toBeLessThanOrEqual(slack * tol);
      expect(within(await loss(params.Tt_paperlike), expected.mean_Tt_0p01)).toBeLessThanOrEqual(slack * tol);
      // Division by 1e-4 turns float32's rounding error in a similarity into 1e-3 (docs/methods.md §11).
      expect(within(await loss(params.Tt_code), expected.mean_Tt_1e4)).toBeLessThanOrEqual(1e-2);
      for (const [row, wanted] of expected.per_sample_Tt_0p1.entries()) {
        const [s, t] = [tf.slice(student, row, 1), target(tf.slice(teacher, row, 1) as tf.Tensor2D)] as const;
        const one = await seedLoss(s, t, rows, { student: params.Ts, teacher: params.Tt_soft }).array();
        expect(within(one, wanted)).toBeLessThanOrEqual(slack * tol);
      }
    });

    test("compress.kl", async () => {
      const { inputs, params, expected, tol } = goldenVector("compress.kl");
      const [student, teacher] = [tf.tensor2d(inputs.student), target(tf.tensor2d(inputs.teacher))] as const;
      const own = queueOf(tf.tensor2d(inputs.queue_student)).rows;
      const teachers = queueOf(tf.tensor2d(inputs.queue_teacher)).rows;
      const loss = (queue: typeof own) =>
        compressLoss(student, teacher, { teacher: teachers, student: queue }, params.T).array();
      expect(largestError(await loss(own), expected.loss_2q)).toBeLessThanOrEqual(slack * tol);
      expect(largestError(await loss(teachers), expected.loss_1q)).toBeLessThanOrEqual(slack * tol);
    });
  });

  const [batch, d, capacity] = [4, 6, 8];
  const queue = () => randomQueue(capacity, d, randomFor(1, Purpose.init)).rows;
  const losses = {
    MoCo: (s: tf.Tensor2D, t: tf.Tensor2D) => infoNceLoss(s, target(t), queue()),
    SEED: (s: tf.Tensor2D, t: tf.Tensor2D) => seedLoss(s, target(t), queue(), { student: 0.2, teacher: 0.1 }),
    CompRess: (s: tf.Tensor2D, t: tf.Tensor2D) =>
      compressLoss(s, target(t), { teacher: queue(), student: queue() }, 0.2),
  };

  test.each(Object.entries(losses))(
    "%s: the gradient matches finite differences, and the target has none",
    async (_, loss) => {
      const [s, t] = [random(batch, d, 1), random(batch, d, 2)];
      expect(await gradientError((x) => loss(x, t), s)).toBeLessThan(5e-3);
      const [own, other] = tf.grads((a, b) => loss(a as tf.Tensor2D, b as tf.Tensor2D))([s, t]);
      expect(await isExactlyZero(own)).toBe(false);
      expect(await isExactlyZero(other)).toBe(true);
    },
  );

  test.each(Object.entries(losses))("%s does not depend on the length of an embedding", async (_, loss) => {
    const [s, t] = [random(batch, d, 1), random(batch, d, 2)];
    const scaled = loss(tf.mul(s, 7.5), tf.mul(t, 0.02));
    expect(largestError(await scaled.array(), await loss(s, t).array())).toBeLessThan(1e-4);
  });

  test("InfoNCE: the queue's order does not matter; equal candidates give ln(1 + K), and so does an infinite τ", async () => {
    const [q, k] = [random(batch, d, 1), target(random(batch, d, 2))];
    const rows = queue();
    const reversed = target(tf.reverse(rows, 0));
    const loss = await infoNceLoss(q, k, rows).array();
    expect(largestError(await infoNceLoss(q, k, reversed).array(), loss)).toBeLessThan(1e-5);
    const ones = tf.ones([batch, d]) as tf.Tensor2D;
    const alike = await infoNceLoss(ones, target(ones), queueOf(tf.ones([capacity, d])).rows).array();
    expect(largestError(alike, Math.log(1 + capacity))).toBeLessThan(1e-5);
    expect(largestError(await infoNceLoss(q, k, rows, 1e5).array(), Math.log(1 + capacity))).toBeLessThan(
      1e-4,
    );
  });

  test("contrastive losses are invariant under rotations of the embedding space", async () => {
    // The reflection across the hyperplane normal to `axis` is orthogonal.
    const axis = l2Normalize(random(1, d, 9));
    const turn = (x: tf.Tensor2D) =>
      tf.sub(x, tf.mul(2, tf.matMul(tf.matMul(x, axis, false, true), axis))) as tf.Tensor2D;
    const [s, t, rows] = [random(batch, d, 1), random(batch, d, 2), queue()];
    const plain = await infoNceLoss(s, target(t), rows).array();
    const turned = await infoNceLoss(turn(s), target(turn(t)), target(turn(rows))).array();
    expect(largestError(turned, plain)).toBeLessThan(1e-4);
  });

  test("the symmetric InfoNCE is the sum of both directions", async () => {
    const pair = (seed: number) => ({ v: random(batch, d, seed), vPrime: random(batch, d, seed + 1) });
    const [queries, keys] = [pair(1), pair(3)];
    const stopped = { v: target(keys.v), vPrime: target(keys.vPrime) };
    const both = await symmetricInfoNceLoss(queries, stopped, queue()).array();
    const forth = await infoNceLoss(queries.v, stopped.vPrime, queue()).array();
    const back = await infoNceLoss(queries.vPrime, stopped.v, queue()).array();
    expect(largestError(both, forth + back)).toBeLessThan(1e-5);
  });

  test("the gradient is zero if the student equals the teacher and the temperatures are equal", async () => {
    const t = random(batch, d, 2);
    const own = { student: 0.2, teacher: 0.2 };
    const gradient = tf.grad((s) => seedLoss(s as tf.Tensor2D, target(t), queue(), own))(t);
    expect(largestError(await gradient.array(), Array(batch * d).fill(0))).toBeLessThan(1e-5);
    const same = compressLoss(t, target(t), { teacher: queue(), student: queue() });
    expect(largestError(await same.array(), 0)).toBeLessThan(1e-4);
  });

  test("SEED over two kinds of crop is the mean of both; an empty list of crops is refused", async () => {
    const crops = [1, 5].map((seed) => ({
      student: random(batch, d, seed),
      teacher: target(random(batch, d, seed + 1)),
      queue: queue(),
    }));
    const [whole, patch] = await Promise.all(
      crops.map(({ student, teacher, queue: rows }) => seedLoss(student, teacher, rows).array()),
    );
    const both = await seedMultiCropLoss(crops).array();
    expect(largestError(both, ((whole as number) + (patch as number)) / 2)).toBeLessThan(1e-5);
    expect(() => seedMultiCropLoss([])).toThrow(/at least one/);
  });
});
