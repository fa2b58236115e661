import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../compiled/compiled-kernels.test-support";
import { startBackend } from "../device/start";
import { goldenVector, largestError } from "../math/golden-vectors.test-support";
import type { Pair } from "../math/pair";
import { regressionDistance } from "../math/similarities";
import { target } from "../math/target";
import { byolLoss } from "./byol";
import {
  meanOfTerms,
  networksNeeded,
  simdisTerms,
  type TargetNetwork,
  type TargetView,
  targetViews,
} from "./simdis";

const simdisLoss = (...parts: Parameters<typeof simdisTerms>) => meanOfTerms(simdisTerms(...parts));

const allViews: readonly TargetView[] = [1, 2, 3, 4, 5, 6, 7];
const vectorNames = { 1: "S_vp", 2: "Sh_v", 3: "Sh_vp", 4: "T_v", 5: "T_vp", 6: "Th_v", 7: "Th_vp" } as const;
const random = (seed: number): tf.Tensor2D => tf.randomNormal([6, 5], 0, 1, "float32", seed);
const randomPair = (seed: number): Pair<tf.Tensor2D> => ({ v: random(seed), vPrime: random(seed + 1) });
const stop = ({ v, vPrime }: Pair<tf.Tensor2D>) => ({ v: target(v), vPrime: target(vPrime) });

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));
  afterEach(() => tf.disposeVariables());

  describe("golden vectors", () => {
    test("byol.one_direction", async () => {
      const { inputs, expected, tol } = goldenVector("byol.one_direction");
      const perSample = regressionDistance(tf.tensor2d(inputs.q), target(tf.tensor2d(inputs.k)));
      expect(largestError(await perSample.array(), expected.per_sample)).toBeLessThanOrEqual(slack * tol);
      expect(largestError(await tf.mean(perSample).array(), expected.mean)).toBeLessThanOrEqual(slack * tol);
    });

    test("byol.symmetric", async () => {
      const { inputs, expected, tol } = goldenVector("byol.symmetric");
      const loss = byolLoss(
        { v: tf.tensor2d(inputs.q_v), vPrime: tf.tensor2d(inputs.q_vprime) },
        stop({ v: tf.tensor2d(inputs.k_v), vPrime: tf.tensor2d(inputs.k_vprime) }),
      );
      expect(largestError(await loss.array(), expected.simdis_sum)).toBeLessThanOrEqual(slack * tol);
    });

    test("byol.grad_q, and a gradient of exactly 0 for the target", async () => {
      const { inputs, expected, tol } = goldenVector("byol.grad_q");
      const [q, k] = [tf.tensor2d(inputs.q), tf.tensor2d(inputs.k)] as const;
      const one = (x: tf.Tensor2D) => ({ v: x, vPrime: x });
      // The vector has one direction; two equal ones give twice its gradient.
      const [gradQ, gradK] = tf.grads((a, b) =>
        tf.div(byolLoss(one(a as tf.Tensor2D), stop(one(b as tf.Tensor2D))), 2),
      )([q, k]);
      expect(largestError(await gradQ?.array(), expected.grad_q)).toBeLessThanOrEqual(slack * tol);
      expect((await gradK?.array()) as number[][]).toEqual(expected.grad_k);
    });

    test("simdis.views", async () => {
      const { inputs, params, expected, tol } = goldenVector("simdis.views");
      const pair = (network: string) => {
        const [v, vPrime] = inputs.z[network];
        return { v: tf.tensor2d(v), vPrime: tf.tensor2d(vPrime) };
      };
      const student = pair("S");
      const networks: Record<TargetNetwork, Pair<tf.Tensor2D>> = {
        student,
        momentumStudent: pair("Sh"),
        teacher: pair("T"),
        momentumTeacher: pair("Th"),
      };
      const targets = Object.fromEntries(Object.entries(networks).map(([name, z]) => [name, stop(z)]));
      const predict = (view: TargetView): Pair<tf.Tensor2D> => {
        const offset = inputs.offset[vectorNames[view]];
        return { v: tf.add(student.v, offset), vPrime: tf.add(student.vPrime, offset) };
      };
      for (const view of allViews) {
        const loss = await simdisLoss([view], predict, targets).array();
        expect(largestError(loss, expected.per_view[vectorNames[view]])).toBeLessThanOrEqual(slack * tol);
      }
      for (const [row, wanted] of [
        ["r1", "loss_s_row1"],
        ["r2v", "loss_s_2v"],
        ["r7", "loss_s_7v"],
      ] as const) {
        const chosen = allViews.filter((view) => params.rows[row].includes(vectorNames[view]));
        expect(
          largestError(await simdisLoss(chosen, predict, targets).array(), expected[wanted]),
        ).toBeLessThanOrEqual(slack * tol);
      }
      const teacherLoss = byolLoss(networks.teacher, stop(networks.momentumTeacher));
      expect(largestError(await teacherLoss.array(), expected.loss_t_identity_predictor)).toBeLessThanOrEqual(
        slack * tol,
      );
    });
  });

  test("SimDis with target view 3 alone is BYOL, bit for bit, including its gradient", async () => {
    const [predictions, momentum] = [randomPair(1), randomPair(3)];
    const own = (p: Pair<tf.Tensor2D>) => simdisLoss([3], () => p, { momentumStudent: stop(momentum) });
    const plain = (p: Pair<tf.Tensor2D>) => byolLoss(p, stop(momentum));
    const gradients = (loss: typeof own) =>
      tf.grads((v, vPrime) => loss({ v: v as tf.Tensor2D, vPrime: vPrime as tf.Tensor2D }))([
        predictions.v,
        predictions.vPrime,
      ]);
    expect(await own(predictions).array()).toBe(await plain(predictions).array());
    const [a, b] = [gradients(own), gradients(plain)];
    expect(await Promise.all(a.map((x) => x.array()))).toEqual(await Promise.all(b.map((x) => x.array())));
  });

  test("no target view passes a gradient to its network, not even the student's own", async () => {
    const prediction = randomPair(1);
    const z = randomPair(5);
    for (const view of allViews) {
      const { network } = targetViews[view];
      const [gradient] = tf.grads((v) =>
        simdisLoss([view], () => prediction, { [network]: stop({ v: v as tf.Tensor2D, vPrime: z.vPrime }) }),
      )([z.v]);
      expect(Array.from((await gradient?.data()) ?? [1]).every((x) => x === 0)).toBe(true);
    }
  });

  test("the gradient at a zero projection is finite", async () => {
    const [gradient] = tf.grads((q) =>
      byolLoss({ v: q as tf.Tensor2D, vPrime: q as tf.Tensor2D }, stop(randomPair(3))),
    )([tf.zeros([6, 5])]);
    expect(Array.from((await gradient?.data()) ?? [Number.NaN]).every(Number.isFinite)).toBe(true);
  });

  test("a target view without its network is refused by name, and so is an empty choice", () => {
    expect(() => simdisLoss([4], () => randomPair(1), {})).toThrow(/Target view 4 needs .* teacher/);
    expect(() => simdisLoss([], () => randomPair(1), {})).toThrow(/at least one/);
    expect([...networksNeeded([3, 7])]).toEqual(["momentumStudent", "momentumTeacher"]);
  });
});
