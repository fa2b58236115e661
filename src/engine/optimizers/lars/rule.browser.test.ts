import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { type MomentumState, sgdUpdate } from "../sgd/rule";
import { larsUpdate } from "./rule";

const begin = (values: number[] | number[][]): MomentumState => {
  const parameter = tf.tensor(values);
  return { parameter, buffer: tf.zerosLike(parameter) };
};

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // as the vectors' schema allows for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));

  test.each([
    ["lars.simdis", "simdis"],
    ["lars.sololearn_clip", "solo"],
  ] as const)("%s", async (id, rule) => {
    const { inputs, params, expected, tol } = goldenVector(id);
    let state = begin(inputs.w);
    for (const [step, gradient] of inputs.grads.entries()) {
      state = larsUpdate(state, tf.tensor(gradient), {
        learningRate: params.lr,
        momentum: params.momentum,
        weightDecay: params.wd,
        trustCoefficient: params.eta,
        rule,
        excluded: false,
      });
      expect(largestError(await state.parameter.array(), expected.w_flat[step])).toBeLessThanOrEqual(
        slack * tol,
      );
    }
  });

  test("lars.simdis_excluded", async () => {
    const { inputs, params, expected, tol } = goldenVector("lars.simdis_excluded");
    const { parameter } = larsUpdate(begin(inputs.p), tf.tensor(inputs.grad), {
      learningRate: params.lr,
      momentum: params.momentum,
      weightDecay: params.wd,
      trustCoefficient: 0.001,
      rule: "simdis",
      excluded: true,
    });
    expect(largestError(await parameter.array(), expected.p_after)).toBeLessThanOrEqual(slack * tol);
  });

  test("solo-learn's excluded parameters follow plain SGD without decay", async () => {
    const state = begin([1, -1]);
    const gradient = tf.tensor([0.5, 0.25]);
    const lars = larsUpdate(state, gradient, {
      learningRate: 0.1,
      momentum: 0.9,
      weightDecay: 0.5,
      trustCoefficient: 0.02,
      rule: "solo",
      excluded: true,
    });
    const sgd = sgdUpdate(state, gradient, { learningRate: 0.1, momentum: 0.9, weightDecay: 0 });
    expect(await lars.parameter.array()).toEqual(await sgd.parameter.array());
  });
});
