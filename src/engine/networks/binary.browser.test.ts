import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../compiled/compiled-kernels.test-support";
import { startBackend } from "../device/start";
import { goldenVector, largestError } from "../math/golden-vectors.test-support";
import { gradientError } from "../math/gradient-check.test-support";
import { binaryWeight, rPRelu, rSign } from "./binary";

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));

  describe("golden vectors", () => {
    test("bnn.activation", async () => {
      const { inputs, expected, tol } = goldenVector("bnn.activation");
      const [x, shift] = [tf.tensor2d(inputs.x, [inputs.x.length, 1]), tf.tensor1d([0])];
      const flat = (y: tf.Tensor) => tf.reshape(y, [-1]).array();
      expect(await flat(rSign(x, shift))).toEqual(expected.forward_sign0_is_plus1);
      const gradient = await flat(tf.grad((z) => rSign(z as tf.Tensor2D, shift))(x));
      expect(largestError(gradient, expected.grad)).toBeLessThanOrEqual(slack * tol);
    });

    test("bnn.weight", async () => {
      const { inputs, expected, tol } = goldenVector("bnn.weight");
      // The vector's rows are output channels; here those are the last axis.
      const weight: tf.Tensor2D = tf.transpose(tf.tensor2d(inputs.W_rows_are_out_channels));
      const upstream: tf.Tensor2D = tf.transpose(tf.tensor2d(inputs.upstream));
      const binary: tf.Tensor2D = tf.transpose(binaryWeight(weight));
      expect(largestError(await binary.array(), expected.binary)).toBeLessThanOrEqual(slack * tol);
      const scale = await tf.max(tf.abs(binary), 1).array();
      expect(largestError(scale, expected.scale)).toBeLessThanOrEqual(slack * tol);
      const gradient = tf.transpose(tf.grad((w) => binaryWeight(w))(weight, upstream));
      expect(largestError(await gradient.array(), expected.grad_W)).toBeLessThanOrEqual(slack * tol);
    });

    test("bnn.rprelu", async () => {
      const { inputs, params, expected, tol } = goldenVector("bnn.rprelu");
      const x = tf.tensor2d(inputs.x, [inputs.x.length, 1]);
      const [shiftIn, slope, shiftOut] = [params.b1, params.beta, params.b2].map((value) =>
        tf.tensor1d([value]),
      );
      if (!shiftIn || !slope || !shiftOut) throw new Error("unreachable");
      const y = await tf.reshape(rPRelu(x, { shiftIn, slope, shiftOut }), [-1]).array();
      expect(largestError(y, expected.y)).toBeLessThanOrEqual(slack * tol);
    });
  });

  const images = (): tf.Tensor4D => tf.randomNormal([2, 3, 3, 4], 0, 1, "float32", 1);
  const channels = (seed: number): tf.Tensor1D => tf.randomNormal([4], 0, 0.5, "float32", seed);

  test("RSign's shift moves the threshold of its channel and gets a gradient", async () => {
    const [x, shift] = [images(), channels(2)];
    const signs = Array.from(await rSign(x, shift).data());
    const sums = Array.from(await tf.add(x, shift).data());
    expect(signs).toEqual(sums.map((value) => (value >= 0 ? 1 : -1)));
    const gradient = await tf
      .grad((b) => tf.sum(rSign(x, b as tf.Tensor1D)))(shift)
      .array();
    const wanted = await tf.sum(tf.relu(tf.sub(2, tf.mul(2, tf.abs(tf.add(x, shift))))), [0, 1, 2]).array();
    expect(largestError(gradient, wanted)).toBeLessThan(1e-4);
  });

  test("a binary filter has two values per output channel, ± the mean absolute weight", async () => {
    const filter: tf.Tensor4D = tf.randomNormal([3, 3, 4, 5], 0, 1, "float32", 3);
    const binary = await tf.reshape(tf.transpose(binaryWeight(filter), [3, 0, 1, 2]), [5, -1]).array();
    const means = await tf.mean(tf.abs(filter), [0, 1, 2]).data();
    for (const [channel, values] of (binary as number[][]).entries()) {
      const distinct = [...new Set(values)].sort((a, b) => a - b);
      expect(largestError(distinct, [-(means[channel] ?? 0), means[channel]])).toBeLessThan(1e-6);
    }
  });

  test("the sign of a weight of 0 is +1, so there is no third value", async () => {
    const values = await binaryWeight(tf.tensor2d([[0], [0.5], [-1]])).array();
    expect(largestError(values, [[0.5], [0.5], [-0.5]])).toBeLessThan(1e-6);
  });

  test("RPReLU's gradients match finite differences, for images and all three parameters", async () => {
    const x = images();
    const start = { shiftIn: channels(2), slope: channels(3), shiftOut: channels(4) };
    const weights = tf.randomNormal([2, 3, 3, 4], 0, 0.2, "float32", 5);
    const loss = (y: tf.Tensor) => tf.sum(tf.mul(weights, y)) as tf.Scalar;
    expect(await gradientError((z: tf.Tensor4D) => loss(rPRelu(z, start)), x)).toBeLessThan(2e-2);
    for (const key of ["shiftIn", "slope", "shiftOut"] as const) {
      const varied = (p: tf.Tensor1D) => loss(rPRelu(x, { ...start, [key]: p }));
      expect(await gradientError(varied, start[key])).toBeLessThan(2e-2);
    }
  });

  test("RPReLU is the identity with slope 1 and opposite shifts, and ReLU with slope 0 and no shifts", async () => {
    const x = images();
    const [zeros, ones, shift] = [tf.zeros([4]) as tf.Tensor1D, tf.ones([4]) as tf.Tensor1D, channels(2)];
    const same = rPRelu(x, { shiftIn: shift, slope: ones, shiftOut: tf.neg(shift) });
    expect(largestError(await same.array(), await x.array())).toBeLessThan(1e-6);
    const relu = rPRelu(x, { shiftIn: zeros, slope: zeros, shiftOut: zeros });
    expect(largestError(await relu.array(), await tf.relu(x).array())).toBe(0);
  });
});
