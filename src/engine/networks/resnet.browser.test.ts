import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type BackendName, startBackend } from "../backend";
import { Purpose, randomFor } from "../math/random";
import { costOf, planResNet } from "./architecture";
import { ParameterStore } from "./parameters";
import { resNetFeatures, resNetParameters } from "./resnet";

const plan = planResNet("R8", 0.125);
const images = (count: number): tf.Tensor4D =>
  tf.reshape<tf.Rank.R4>(tf.tensor1d(randomFor(5, Purpose.test).normals(count * 8 * 8 * 3)), [
    count,
    8,
    8,
    3,
  ]);

test("the parameters are as many as the plan counts", () => {
  const sizes = resNetParameters(plan).map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  expect(sizes.reduce((a, b) => a + b, 0)).toBe(costOf(plan, 32).parameters);
});

const features = new Map<BackendName, number[]>();

describe.each<BackendName>(["webgpu", "cpu"])("on %s", (backend) => {
  beforeAll(async () => void (await startBackend(backend)));

  test("features have the planned length, and the step leaves no tensor behind", async () => {
    const store = ParameterStore.create(resNetParameters(plan), 1);
    const x = images(8);
    const before = tf.memory().numTensors;
    const y = tf.tidy(() => resNetFeatures(plan, store, x, 2));
    expect(y.shape).toEqual([8, plan.features]);
    features.set(backend, Array.from(await y.data()));
    y.dispose();
    const { value, grads } = tf.variableGrads(
      () => tf.mean(resNetFeatures(plan, store, x, 2)) as tf.Scalar,
      [...store.variables.values()],
    );
    expect(Object.keys(grads)).toHaveLength(store.variables.size);
    tf.dispose([value, grads]);
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
    store.dispose();
  });

  test("groups are separate forwards: stacking two views changes neither", async () => {
    const store = ParameterStore.create(resNetParameters(plan), 1);
    const [first, second] = tf.split(images(8), 2) as [tf.Tensor4D, tf.Tensor4D];
    const stacked = await resNetFeatures(plan, store, tf.concat([first, second]), 2).data();
    const apart = [first, second].map((view) => resNetFeatures(plan, store, view, 1));
    const values = (await Promise.all(apart.map((y) => y.data()))).flatMap((y) => Array.from(y));
    const worst = Math.max(...values.map((value, i) => Math.abs(value - (stacked[i] ?? Number.NaN))));
    expect(worst).toBeLessThan(1e-5);
    store.dispose();
  });
});

test("WebGPU and the portable reference agree on the whole network", () => {
  const [gpu, cpu] = [features.get("webgpu") ?? [], features.get("cpu") ?? []];
  expect(gpu.length).toBe(8 * plan.features);
  expect(Math.max(...gpu.map((value, i) => Math.abs(value - (cpu[i] ?? Number.NaN))))).toBeLessThan(1e-4);
});
