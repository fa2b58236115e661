import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { clipByGlobalNorm, clipEachNorm } from "../clipping/rule";
import { type AdamSettings, type AdamState, adamMoments, adamUpdate, biasCorrections } from "./rule";

const begin = (values: number[]): AdamState => {
  const parameter = tf.tensor1d(values);
  return { parameter, first: tf.zerosLike(parameter), second: tf.zerosLike(parameter) };
};

const settings = (t: number, own: Partial<AdamSettings>): AdamSettings => ({
  ...adamMoments,
  learningRate: 0.01,
  weightDecay: 0,
  decay: "gradient",
  corrections: biasCorrections(t, adamMoments),
  ...own,
});

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // as the vectors' schema allows for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));

  describe("golden vectors", () => {
    test.each([
      ["adam_l2", "gradient"],
      ["adamw", "decoupled"],
    ] as const)("adam.vs_adamw, %s", async (form, decay) => {
      const { inputs, params, expected, tol } = goldenVector("adam.vs_adamw");
      const moments = { beta1: params.b1, beta2: params.b2, epsilon: params.eps };
      let state = begin(inputs.w);
      for (const [i, gradient] of inputs.grads.entries()) {
        state = adamUpdate(state, tf.tensor1d(gradient), {
          ...moments,
          learningRate: params.lr,
          weightDecay: params.wd,
          decay,
          corrections: biasCorrections(i + 1, moments),
        });
        expect(largestError(await state.parameter.array(), expected[form][i])).toBeLessThanOrEqual(
          slack * tol,
        );
      }
    });
  });

  test("without decay Adam equals AdamW; with it AdamW shrinks by exactly ηλp, while Adam rescales the decay", async () => {
    const stepped = async (decay: "gradient" | "decoupled", weightDecay: number, gradient: number[]) => {
      const { parameter } = adamUpdate(
        begin([2, -3]),
        tf.tensor1d(gradient),
        settings(1, { decay, weightDecay }),
      );
      return parameter.array() as Promise<number[]>;
    };
    expect(await stepped("gradient", 0, [1, 2])).toEqual(await stepped("decoupled", 0, [1, 2]));
    const plain = await stepped("decoupled", 0, [1, 2]);
    const shrunk = await stepped("decoupled", 0.5, [1, 2]);
    expect(
      largestError(shrunk, [(plain[0] ?? 0) - 0.01 * 0.5 * 2, (plain[1] ?? 0) + 0.01 * 0.5 * 3]),
    ).toBeLessThan(1e-6);
    // The first step of Adam is as long as the learning rate for any gradient, decay included.
    expect(largestError(await stepped("gradient", 0.5, [1, 2]), [1.99, -3.01])).toBeLessThan(1e-6);
    // A parameter without gradient still shrinks under AdamW.
    expect(largestError(await stepped("decoupled", 0.5, [0, 0]), [1.99, -2.985])).toBeLessThan(1e-6);
  });

  test("a rate and corrections given as tensors have the same effect as numbers", async () => {
    const gradient = tf.tensor1d([0.3, -2]);
    const { first, second } = biasCorrections(3, adamMoments);
    const numbers = adamUpdate(
      begin([1, 1]),
      gradient,
      settings(3, { weightDecay: 0.1, decay: "decoupled" }),
    );
    const tensors = adamUpdate(
      begin([1, 1]),
      gradient,
      settings(3, {
        weightDecay: 0.1,
        decay: "decoupled",
        learningRate: tf.scalar(0.01),
        corrections: { first: tf.scalar(first as number), second: tf.scalar(second as number) },
      }),
    );
    expect(largestError(await tensors.parameter.array(), await numbers.parameter.array())).toBeLessThan(1e-6);
  });

  test("clipping shortens long gradients and keeps their direction, globally and per parameter", async () => {
    const gradients = () => [tf.tensor1d([3, 0]), tf.tensor2d([[0], [4]])];
    const values = (clipped: tf.Tensor[]) => Promise.all(clipped.map((x) => x.array()));
    expect(
      largestError((await values(clipByGlobalNorm(gradients(), 1))).flat(2), [0.6, 0, 0, 0.8]),
    ).toBeLessThan(1e-6);
    expect(largestError((await values(clipEachNorm(gradients(), 3))).flat(2), [3, 0, 0, 3])).toBeLessThan(
      1e-6,
    );
    expect(largestError((await values(clipByGlobalNorm(gradients(), 6))).flat(2), [3, 0, 0, 4])).toBeLessThan(
      1e-6,
    );
    expect(await values(clipByGlobalNorm([tf.zeros([2])], 1))).toEqual([[0, 0]]);
    // More gradients than one WebGPU program may bind.
    const many = Array.from({ length: 40 }, () => tf.tensor1d([3]));
    const clipped = (await values(clipByGlobalNorm(many, 1))).flat(2);
    expect(largestError(clipped, new Array<number>(40).fill(1 / Math.sqrt(40)))).toBeLessThan(1e-6);
  });
});
