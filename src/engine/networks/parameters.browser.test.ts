import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { BackendName } from "../../protocol/messages";
import { trainingBackend } from "../backend/backend";
import { startBackend } from "../device/start";
import { Purpose, randomFor } from "../math/random";
import { type ParameterPlan, ParameterStore } from "./parameters";

const init = (seed: number) => randomFor(seed, Purpose.init);

const plans: readonly ParameterPlan[] = [
  { name: "conv/filter", shape: [3, 3, 4, 16], initializer: { kind: "he-normal", fanOut: 144 } },
  { name: "bn/gamma", shape: [16], initializer: { kind: "constant", value: 1 } },
  { name: "fc/weight", shape: [16, 5], initializer: { kind: "uniform", bound: 0.25 } },
];

const valuesOf = async (store: ParameterStore) =>
  Promise.all([...store.variables.values()].map(async (variable) => Array.from(await variable.data())));

const onBackend = new Map<BackendName, number[][]>();

describe.each<BackendName>(["webgpu", "cpu"])("on %s", (backend) => {
  beforeAll(async () => void (await startBackend(backend)));

  test("the same seed gives the same initial values, another seed others, and no tensor leaks", async () => {
    const before = tf.memory().numTensors;
    const [a, b, c] = [
      ParameterStore.create(plans, init(1)),
      ParameterStore.create(plans, init(1)),
      ParameterStore.create(plans, init(2)),
    ];
    const values = await valuesOf(a);
    onBackend.set(backend, values);
    expect(values).toEqual(await valuesOf(b));
    expect(values).not.toEqual(await valuesOf(c));
    for (const store of [a, b, c]) store.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("he-normal filters have variance 2 / fan-out, uniform weights stay within their bound, γ is 1", async () => {
    const store = ParameterStore.create(plans, init(3));
    const filter = Array.from(await store.get("conv/filter").data());
    const variance = filter.reduce((sum, x) => sum + x * x, 0) / filter.length;
    // With 576 draws, the relative standard error of the variance is about √(2/576) = 6 %.
    expect(Math.abs(variance / (2 / 144) - 1)).toBeLessThan(0.25);
    expect(Math.max(...(await store.get("fc/weight").data()).map(Math.abs))).toBeLessThanOrEqual(0.25);
    expect(new Set(await store.get("bn/gamma").data())).toEqual(new Set([1]));
    expect(() => store.get("nowhere")).toThrow(/conv\/filter/);
    store.dispose();
  });

  test("a parameter's initial values do not depend on the others; copies and loads are exact", async () => {
    const [whole, part] = [
      ParameterStore.create(plans, init(1)),
      ParameterStore.create(plans.slice(2), init(1)),
    ];
    expect(await part.get("fc/weight").data()).toEqual(await whole.get("fc/weight").data());
    const copy = whole.copy();
    expect(await copy.values()).toEqual(await whole.values());
    copy.load(new Float32Array(copy.size).fill(3));
    expect(new Set(await copy.get("bn/gamma").data())).toEqual(new Set([3]));
    expect(new Set(await whole.get("bn/gamma").data())).toEqual(new Set([1]));
    copy.copyFrom(whole);
    expect(await copy.values()).toEqual(await whole.values());
    expect(() => copy.load(new Float32Array(7))).toThrow(/7 were given/);
    for (const store of [whole, part, copy]) store.dispose();
  });

  test("gradients reach the variables", async () => {
    const store = ParameterStore.create(plans, init(1));
    const gamma = store.get("bn/gamma");
    const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(gamma)) as tf.Scalar, [gamma]);
    expect(Array.from((await grads[gamma.name]?.data()) ?? [])).toEqual(new Array(16).fill(2));
    tf.dispose([value, grads]);
    store.dispose();
  });
});

test("WebGPU and CPU start from the same numbers, bit for bit", () => {
  expect(onBackend.get("webgpu")).toBeDefined();
  expect(onBackend.get("webgpu")).toEqual(onBackend.get("cpu"));
});

test("on WebGPU a write to the flat tensor writes each variable, with padding in between", async () => {
  await startBackend("webgpu");
  const store = ParameterStore.create(plans, init(1));
  const { flat, placements } = store;
  if (!flat) throw new Error("no flat tensor on WebGPU");
  for (const { offset } of placements.values()) expect(offset % 64).toBe(0);
  const sevens = new Float32Array(flat.size).fill(7);
  trainingBackend()?.writeInPlace(flat, sevens);
  expect(new Set((await valuesOf(store)).flat())).toEqual(new Set([7]));
  store.dispose();
});

test("two parameters with the same name are refused", () => {
  const [first] = plans;
  if (!first) throw new Error("no plan");
  expect(() => ParameterStore.create([first, first], init(1))).toThrow(
    /Two parameters are called conv\/filter/,
  );
});
