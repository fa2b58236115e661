import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { startBackend } from "../device/start";
import { Purpose, randomFor } from "../math/random";
import { isLong } from "../test-size.test-support";
import { Backbone } from "./backbone";
import { type EncoderName, planEncoder } from "./encoders";

const random = randomFor(41, Purpose.test);
const images = (count: number, size = 16): tf.Tensor4D =>
  tf.tensor4d(random.normals(count * size * size * 3, size), [count, size, size, 3]);
const training = { kind: "train", groups: 1 } as const;
/**
 * `resnet.browser.test.ts` also compares the residual networks; MobileNet's blocks have many kernels to compile, each
 * of which is also compared on its own.
 */
const names: readonly EncoderName[] = isLong ? ["R8", "MBV3s", "ReAct", "ViT"] : ["ReAct", "ViT"];
const backboneOf = (name: EncoderName) =>
  Backbone.create(planEncoder(name, 0.125), undefined, random.fork(1));

/** Features, and the gradients of a weighted sum of them. */
async function passOf(name: EncoderName) {
  const backbone = backboneOf(name);
  const x = images(4);
  const weights = tf.tensor2d(random.normals(4 * backbone.encoder.features, 9), [
    4,
    backbone.encoder.features,
  ]);
  const { value, grads } = tf.variableGrads(
    () => tf.sum(tf.mul(weights, backbone.features(x, training))) as tf.Scalar,
    [...backbone.parameters.variables.values()],
  );
  const features = tf.tidy(() => backbone.features(x, { kind: "frozen", groups: 1 }));
  const gradients: Record<string, Float32Array> = {};
  for (const [parameter, variable] of backbone.parameters.variables) {
    gradients[parameter] = Float32Array.from(await (grads[variable.name] as tf.Tensor).data());
  }
  const result = { features: Float32Array.from(await features.data()), gradients, shape: features.shape };
  tf.dispose([value, grads, x, weights, features]);
  backbone.dispose();
  return result;
}

const scale = (values: Float32Array) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
const distance = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] ?? Number.NaN))), 0);

test.each(names)("%s gives the same results on WebGPU and on the CPU, forward and backward", async (name) => {
  await startBackend("cpu");
  const pure = await passOf(name);
  await startBackend("webgpu");
  const gpu = await passOf(name);
  expect(gpu.shape).toEqual([4, planEncoder(name, 0.125).features]);
  expect(distance(gpu.features, pure.features)).toBeLessThan(2e-3 * Math.max(1, scale(pure.features)));
  // A single flipped sign changes a binary network's gradient, so there only most of it must agree.
  const slack = name === "ReAct" ? 0.5 : 2e-2;
  for (const [parameter, gradient] of Object.entries(pure.gradients)) {
    const given = gpu.gradients[parameter] ?? new Float32Array();
    const difference = scale(gradient.map((x, i) => x - (given[i] ?? Number.NaN)));
    expect(difference, parameter).toBeLessThan(slack * scale(gradient) + 1e-4);
    expect(scale(gradient), `the loss depends on ${parameter}`).toBeGreaterThan(0);
  }
});

test("a binary network gives other features with real weights; a copy has the same kind of weights", async () => {
  const backbone = backboneOf("ReAct");
  const x = images(2);
  const look = () => tf.tidy(() => backbone.features(x, { kind: "frozen", groups: 1 })).data();
  const binary = Float32Array.from(await look());
  backbone.binaryWeights = false;
  expect(backbone.copy().binaryWeights).toBe(false);
  expect(distance(Float32Array.from(await look()), binary)).toBeGreaterThan(1e-4);
});

test("a transformer accepts images of any size", async () => {
  const backbone = backboneOf("ViT");
  for (const size of [16, 18, 24]) {
    const features = tf.tidy(() => backbone.features(images(2, size), training));
    expect((await features.data()).every(Number.isFinite)).toBe(true);
    features.dispose();
  }
  backbone.dispose();
});
