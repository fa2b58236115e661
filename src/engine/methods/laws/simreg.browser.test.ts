import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { gradientError } from "../../math/gradient-check.test-support";
import { Purpose, randomFor } from "../../math/random";
import { target } from "../../math/target";
import { Predictors } from "../../networks/backbone";
import { simregLoss } from "../simreg";

const random = (seed: number): tf.Tensor2D => tf.randomNormal([4, 6], 0, 1, "float32", seed);

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));
  const within = async (id: string, value: tf.Tensor, wanted: unknown) =>
    expect(largestError(await value.array(), wanted)).toBeLessThanOrEqual(slack * goldenVector(id).tol);

  test("simreg.loss", async () => {
    const { inputs, expected } = goldenVector("simreg.loss");
    const [p, f] = [tf.tensor2d(inputs.prediction), tf.tensor2d(inputs.features)];
    await within("simreg.loss", simregLoss(p, target(f)), expected.mean);
    const scaled = simregLoss(tf.mul(p, 3), target(tf.mul(f, 0.5) as tf.Tensor2D));
    await within("simreg.loss", scaled, expected.mean_of_scaled);
    for (const [row, wanted] of expected.per_sample.entries()) {
      const one = simregLoss(tf.slice(p, row, 1), target(tf.slice(f, row, 1) as tf.Tensor2D));
      await within("simreg.loss", one, wanted);
    }
  });

  test("simreg.gradient", async () => {
    const { inputs, expected } = goldenVector("simreg.gradient");
    const f = target(tf.tensor2d(inputs.features));
    const gradient = tf.grad((p) => simregLoss(p as tf.Tensor2D, f))(tf.tensor2d(inputs.prediction));
    await within("simreg.gradient", gradient, expected.grad);
  });

  test("simreg.head", async () => {
    const { inputs, expected } = goldenVector("simreg.head");
    const parts = inputs.layers.map((layer: Record<string, number[][]>, at: number) => {
      const [from, hidden, to] = [layer["w0"]?.length, layer["w1"]?.length, layer["w1"]?.[0]?.length] as [
        number,
        number,
        number,
      ];
      const part = new Predictors([`head${at}`], { from, hidden, to }, randomFor(1, Purpose.init));
      const names = { "hidden/weight": "w0", "hidden/bias": "b0", "out/weight": "w1", "out/bias": "b1" };
      for (const [name, key] of Object.entries(names)) {
        part.parameters.get(`head${at}/${name}`).assign(tf.tensor(layer[key] as number[][]));
      }
      return part;
    }) as Predictors[];
    const outputs = parts.reduce(
      (x, part, at) => part.predict(`head${at}`, x, 1),
      tf.tensor2d(inputs.features) as tf.Tensor2D,
    );
    await within("simreg.head", outputs, expected.outputs);
    await within("simreg.head", simregLoss(outputs, target(tf.tensor2d(inputs.teacher))), expected.loss);
  });

  test("the gradient matches finite differences, and is orthogonal to the prediction", async () => {
    const [p, f] = [random(1), target(random(2))];
    expect(await gradientError((x: tf.Tensor2D) => simregLoss(x, f), p)).toBeLessThan(5e-3);
    const gradient = tf.grad((x) => simregLoss(x as tf.Tensor2D, f))(p);
    expect(largestError(await tf.sum(tf.mul(gradient, p), 1).array(), [0, 0, 0, 0])).toBeLessThan(1e-5);
  });
});
