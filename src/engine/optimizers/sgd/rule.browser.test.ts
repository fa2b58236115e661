import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { type MomentumState, sgdUpdate } from "./rule";

const begin = (values: number[] | number[][]): MomentumState => {
  const parameter = tf.tensor(values);
  return { parameter, buffer: tf.zerosLike(parameter) };
};

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // as the vectors' schema allows for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));

  test.each([
    ["plain", false],
    ["nesterov", true],
  ] as const)("sgd.momentum, %s", async (form, nesterov) => {
    const { inputs, params, expected, tol } = goldenVector("sgd.momentum");
    let state = begin(inputs.w);
    for (const [step, gradient] of inputs.grads.entries()) {
      const settings = { learningRate: params.lr, momentum: params.momentum, weightDecay: 0, nesterov };
      state = sgdUpdate(state, tf.tensor(gradient), settings);
      expect(largestError(await state.parameter.array(), expected[form][step])).toBeLessThanOrEqual(
        slack * tol,
      );
    }
  });
});
