import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { momentumTau } from "../../math/schedules";
import { emaUpdate } from "./rule";

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // as the vectors' schema allows for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));

  test("ema.sequence", async () => {
    const { inputs, params, expected, tol } = goldenVector("ema.sequence");
    let xi: tf.Tensor = tf.tensor(inputs.xi0);
    for (const [step, theta] of inputs.theta.entries()) {
      xi = emaUpdate(xi, tf.tensor(theta), momentumTau(step, params.K, params.tau0));
      expect(largestError(await xi.array(), expected.xi[step])).toBeLessThanOrEqual(slack * tol);
    }
  });

  test("with τ = 1 a momentum network stays unchanged, with τ = 0 it becomes a copy", async () => {
    const [xi, theta] = [tf.tensor([1.5, -2, 0.1]), tf.tensor([3, 4, 5])];
    expect(await emaUpdate(xi, theta, 1).array()).toEqual(await xi.array());
    expect(await emaUpdate(xi, theta, 0).array()).toEqual(await theta.array());
  });
});
