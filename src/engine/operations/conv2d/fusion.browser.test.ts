import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { sized } from "../../test-size.test-support";
import { normals } from "../alike.test-support";
import { choicesOf, type Family, type Pass } from "./choice";
import { runPass } from "./conv2d";
import type { Ending, Fusion, Operand } from "./operand";
import { type ConvolutionShape, convolutionShape } from "./programs";

/** Kernels compute operands as they load them, and change and add up their sums before they write them. */

const cases = (
  [
    { x: [4, 8, 8, 4], filter: [3, 3, 4, 8], stride: 1, padding: 1, groups: 2 },
    { x: [16, 8, 8, 8], filter: [1, 1, 8, 24], stride: 1, padding: 0, groups: 2 },
    { x: [8, 16, 16, 3], filter: [3, 3, 3, 12], stride: 2, padding: 1, groups: 4 },
    { x: [8, 8, 8, 5], filter: [3, 3, 5, 19], stride: 1, padding: 1, groups: 1 },
    { x: [6, 7, 5, 6], filter: [3, 3, 6, 7], stride: 1, padding: 1, groups: 3 },
  ] as const
).slice(0, sized(2, 5));
type Case = (typeof cases)[number];

/** relu(p · a + b), where a and b are coefficients of the channel and group in a table [2, groups, channels]. */
const scaled = (name: string, groups: number, channels: number): Operand => ({
  key: name,
  reads: [`${name}p`, `${name}table`],
  groups,
  coefficients: [0, 1].map(
    (i) => (c, g) => `${name}table[${i * groups * channels} + (${g}) * ${channels} + ${c}]`,
  ),
  value: (at, [a, b]) => `max(${name}p[${at}] * ${a} + ${b}, 0.0)`,
});

/** Adds what is there, multiplies by a mask, and adds up the results and a coefficient times their products with the mask. */
const masked = (groups: number, channels: number): Ending => ({
  key: "masked",
  reads: ["mask", "table"],
  adds: true,
  groups,
  coefficients: [(c, g) => `table[(${g}) * ${channels} + ${c}]`],
  value: (sum, at) => `${sum} * mask[${at}]`,
  sums: [
    { term: (g) => g, factor: () => "1.0" },
    { term: (g, at) => `${g} * mask[${at}]`, factor: ([a]) => `${a}` },
  ],
});

const inGroups = (t: tf.Tensor, groups: number) => tf.reshape(t, [groups, -1, t.shape.at(-1) as number]);
const perGroup = (table: tf.Tensor, i: number) => {
  const [, groups = 0, channels = 0] = table.shape;
  return tf.reshape(tf.slice(table, [i, 0, 0], [1, groups, channels]), [groups, 1, channels]);
};
const scaledHere = (p: tf.Tensor, table: tf.Tensor, groups: number) =>
  tf.reshape(tf.relu(tf.add(tf.mul(inGroups(p, groups), perGroup(table, 0)), perGroup(table, 1))), p.shape);

function tensorsOf(one: Case) {
  const shape = convolutionShape(one.x, one.filter, one);
  const out: [number, number, number, number] = [shape.batch, shape.outHeight, shape.outWidth, shape.to];
  const tables = (channels: number, stream: number) => normals([2, one.groups, channels], stream);
  return {
    shape,
    out,
    x: normals<tf.Rank.R4>([...one.x], 1),
    xTable: tables(shape.from, 2),
    dy: normals<tf.Rank.R4>(out, 3),
    dyTable: tables(shape.to, 4),
    filter: normals<tf.Rank.R4>([...one.filter], 5),
    added: normals<tf.Rank.R4>([...one.x], 6),
    mask: normals<tf.Rank.R4>([...one.x], 7),
    factors: normals<tf.Rank.R2>([one.groups, shape.from], 8),
  };
}

/** Results by plain ops: y, x as it was computed, dW, dy as it was computed, the gradient of x behind its ending, and its sums by group. */
function reference(one: Case): tf.Tensor[] {
  const t = tensorsOf(one);
  const p = one.padding;
  const padding: [number, number][] = [0, p, p, 0].map((by) => [by, by]);
  const convolve = (x: tf.Tensor, w: tf.Tensor) =>
    tf.conv2d(
      tf.pad(x as tf.Tensor4D, padding as [[number, number]]) as tf.Tensor4D,
      w as tf.Tensor4D,
      one.stride,
      "valid",
    );
  const x = scaledHere(t.x, t.xTable, one.groups);
  const dy = scaledHere(t.dy, t.dyTable, one.groups);
  const [, dW] = tf.grads(convolve)([x, t.filter], dy as tf.Tensor4D) as [tf.Tensor, tf.Tensor];
  const [dx] = tf.grads(convolve)([x, t.filter], t.dy) as [tf.Tensor];
  const g = tf.mul(tf.add(dx, t.added), t.mask);
  const summed = (what: tf.Tensor) => tf.sum(inGroups(what, one.groups), 1);
  return [convolve(x, t.filter), x, dW, dy, g, summed(g), tf.mul(summed(tf.mul(g, t.mask)), t.factors)];
}

/** The same by fused kernels; undefined if the family has none for this shape. */
function fused(backend: TrainingBackend, one: Case): (tf.Tensor | undefined)[] {
  const t = tensorsOf(one);
  const { shape } = t;
  const choices = choicesOf(backend.device);
  const has = (pass: Pass, fusion: Fusion) => choices.fused({ pass, shape, fusion });
  const as = (info: tf.TensorInfo) => tf.engine().makeTensorFromTensorInfo(info);
  const x = scaled("x", one.groups, shape.from);
  const dy = scaled("dy", one.groups, shape.to);
  const keepsX = has("forward", { x, keepsX: true }) !== undefined;
  const [forward, keptX] = [{ x, keepsX }, as(backend.output([...one.x]))];
  const options = { fusion: forward, kept: keepsX ? [keptX] : [] };
  const y = has("forward", forward)
    ? as(runPass(backend, "forward", shape, [t.x, t.xTable, t.filter], t.out, options))
    : undefined;
  const ofX = [y, keepsX ? keptX : undefined];
  const both = { x, dy, keepsDy: true };
  const keptDy = as(backend.output(t.out));
  const inputs = [t.x, t.xTable, t.dy, t.dyTable];
  const dW = has("filter gradient", both)
    ? as(
        runPass(backend, "filter gradient", shape, inputs, [...one.filter], { fusion: both, kept: [keptDy] }),
      )
    : undefined;
  const ending = masked(one.groups, shape.from);
  const kernel = has("input gradient", { ending });
  if (!kernel?.chunks) return [...ofX, dW, dW && keptDy, undefined, undefined, undefined];
  const sums = as(backend.output([2, one.groups, kernel.chunks.count, shape.from]));
  const g = as(backend.output([...one.x]));
  backend.copyInPlace(t.added, g);
  backend.run(kernel.partial, [t.dy, t.filter, t.mask, t.factors, g, sums]);
  const [first, second] = tf.unstack(tf.sum(sums, 2));
  return [...ofX, dW, dW && keptDy, g, first, second];
}

const familyCases: readonly Family[] = (["workgroup", "quads", "registers"] as const).slice(0, sized(2, 3));
const found = new Map<string, (Float32Array | undefined)[]>();
const names = ["y", "x", "dW", "dy", "g", "Σ g", "Σ g · mask"];

const chooseAll = (backend: TrainingBackend, shape: ConvolutionShape, family: Family) => {
  for (const pass of ["forward", "input gradient", "filter gradient"] as const)
    choicesOf(backend.device).choose({ pass, shape }, family);
};

beforeAll(async () => {
  await startBackend("webgpu");
  const backend = trainingBackend() as TrainingBackend;
  for (const family of familyCases) {
    const all = (visit: (one: Case, i: number) => void) => {
      for (const [i, one] of cases.entries()) {
        chooseAll(backend, tensorsOf(one).shape, family);
        visit(one, i);
      }
    };
    await backend.prepare(() => all((one) => tf.tidy(() => void fused(backend, one))));
    const results: { readonly key: string; readonly tensors: (tf.Tensor | undefined)[] }[] = [];
    all((one, i) => {
      const tensors = tf.tidy(() => fused(backend, one).map((t) => t && tf.keep(t)));
      results.push({ key: `${family} ${i}`, tensors });
    });
    for (const { key, tensors } of results) {
      found.set(key, await Promise.all(tensors.map(async (t) => t && Float32Array.from(await t.data()))));
    }
  }
  await backend.checked();
  await startBackend("cpu");
}, 240_000);

test.each(familyCases)("%s: operands and endings equal plain ops", async (family) => {
  const times = names.map(() => 0);
  for (const [i, one] of cases.entries()) {
    const wanted = tf.tidy(() => reference(one));
    for (const [part, tensor] of wanted.entries()) {
      const given = found.get(`${family} ${i}`)?.[part];
      if (!given) continue;
      times[part] = (times[part] ?? 0) + 1;
      const values = Float32Array.from(await tensor.data());
      expect(given).toHaveLength(values.length);
      const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const worst = values.reduce(
        (most, value, j) => Math.max(most, Math.abs(value - (given[j] as number))),
        0,
      );
      expect(worst / scale, `${names[part]} of case ${i}`).toBeLessThan(2e-5);
    }
  }
  for (const [part, count] of times.entries()) expect(count, names[part]).toBeGreaterThan(1);
});
