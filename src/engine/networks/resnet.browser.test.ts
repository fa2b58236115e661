import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { BackendName } from "../../protocol/messages";
import { startBackend } from "../device/start";
import { Purpose, randomFor } from "../math/random";
import { costOf, planResNet } from "./architecture";
import { encoderFeatures } from "./encoders";
import type { NormMode, Pass } from "./normalization";
import { ParameterStore } from "./parameters";
import { resNetParameters, resNetStatistics } from "./resnet";

const plan = planResNet("R8", 0.125);
const images = (count: number): tf.Tensor4D =>
  tf.reshape<tf.Rank.R4>(tf.tensor1d(randomFor(5, Purpose.test).normals(count * 8 * 8 * 3)), [
    count,
    8,
    8,
    3,
  ]);

const passOf = (mode: NormMode): Pass => ({
  parameters: ParameterStore.create(resNetParameters(plan), randomFor(1, Purpose.init)),
  statistics: ParameterStore.create(resNetStatistics(plan), randomFor(1, Purpose.init)),
  mode,
});
const disposePass = ({ parameters, statistics }: Pass) => {
  parameters.dispose();
  statistics.dispose();
};
const training = (groups: number): NormMode => ({ kind: "train", groups });

test("the number of parameters matches the plan", () => {
  const sizes = resNetParameters(plan).map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  expect(sizes.reduce((a, b) => a + b, 0)).toBe(costOf(plan, 32).parameters);
});

const features = new Map<BackendName, number[]>();

describe.each<BackendName>(["webgpu", "cpu"])("on %s", (backend) => {
  beforeAll(async () => void (await startBackend(backend)));

  test("features have the planned length, and a step leaks no tensor", async () => {
    const pass = passOf(training(2));
    const x = images(8);
    const before = tf.memory().numTensors;
    const y = tf.tidy(() => encoderFeatures(plan, pass, x));
    expect(y.shape).toEqual([8, plan.features]);
    features.set(backend, Array.from(await y.data()));
    y.dispose();
    const { value, grads } = tf.variableGrads(
      () => tf.mean(encoderFeatures(plan, pass, x)) as tf.Scalar,
      [...pass.parameters.variables.values()],
    );
    expect(Object.keys(grads)).toHaveLength(pass.parameters.variables.size);
    tf.dispose([value, grads]);
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
    disposePass(pass);
  });

  test("groups are separate forward passes: stacking two views changes neither", async () => {
    const pass = passOf(training(2));
    const [first, second] = tf.split(images(8), 2) as [tf.Tensor4D, tf.Tensor4D];
    const stacked = await encoderFeatures(plan, pass, tf.concat([first, second])).data();
    const apart = [first, second].map((view) => encoderFeatures(plan, { ...pass, mode: training(1) }, view));
    const values = (await Promise.all(apart.map((y) => y.data()))).flatMap((y) => Array.from(y));
    const worst = Math.max(...values.map((value, i) => Math.abs(value - (stacked[i] ?? Number.NaN))));
    expect(worst).toBeLessThan(1e-5);
    disposePass(pass);
  });

  test("running statistics change in training and do not when frozen or evaluated, bit for bit", async () => {
    const pass = passOf({ kind: "frozen", groups: 2 });
    const x = images(8);
    const start = await pass.statistics.values();
    tf.tidy(() => encoderFeatures(plan, pass, x));
    tf.tidy(() => encoderFeatures(plan, { ...pass, mode: { kind: "evaluate" } }, x));
    expect(await pass.statistics.values()).toEqual(start);
    tf.tidy(() => encoderFeatures(plan, { ...pass, mode: training(2) }, x));
    expect(await pass.statistics.values()).not.toEqual(start);
    disposePass(pass);
  });

  test("after calibration on a batch, evaluation gives that batch's training features", async () => {
    const pass = passOf({ kind: "train", groups: 1, keep: 0 });
    const x = images(64);
    const trained = await encoderFeatures(plan, pass, x).data();
    const evaluated = await encoderFeatures(plan, { ...pass, mode: { kind: "evaluate" } }, x).data();
    const worst = Math.max(...trained.map((value, i) => Math.abs(value - (evaluated[i] as number))));
    // The running variance is unbiased, larger by n/(n − 1), with 64 · 4 rows at the deepest stage.
    expect(worst).toBeLessThan(0.02 * Math.max(...trained));
    disposePass(pass);
  });
});

test("WebGPU and the portable reference agree on the whole network", () => {
  const [gpu, cpu] = [features.get("webgpu") ?? [], features.get("cpu") ?? []];
  expect(gpu.length).toBe(8 * plan.features);
  expect(Math.max(...gpu.map((value, i) => Math.abs(value - (cpu[i] ?? Number.NaN))))).toBeLessThan(1e-4);
});
