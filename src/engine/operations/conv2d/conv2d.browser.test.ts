import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import { sized } from "../../test-size.test-support";
import { choicesOf, type Family, families } from "./choice";
import { conv2d } from "./conv2d";

/** A convolution with its numbers, to be run on several backends. */
interface Case {
  readonly x: readonly [number, number, number, number];
  readonly filter: readonly [number, number, number, number];
  readonly stride: number;
  readonly padding: number;
}

const random = randomFor(20, Purpose.test);

function drawCases(count: number): Case[] {
  return Array.from({ length: count }, (_, i) => {
    const [a, b, c, d] = random.words(4, i);
    const pick = <T>(bits: number | undefined, values: readonly T[]) =>
      values[(bits ?? 0) % values.length] as T;
    const kernel = pick(a, [1, 3, 5, 7, 2]);
    const size = pick(b, [7, 8, 9, 13, 16]);
    const [from, to] = [pick(c, [1, 3, 4, 5, 8, 17, 32]), pick(d, [1, 2, 3, 8, 12, 33, 40])];
    return {
      x: [1 + (i % 5), size, size + (i % 3), from],
      filter: [kernel, kernel, from, to],
      stride: 1 + (((a ?? 0) >>> 8) % 2),
      padding: ((b ?? 0) >>> 8) % 4,
    };
  });
}

const drawnCases = drawCases(sized(6, 54));
const cases: readonly Case[] = [
  ...drawnCases,
  { x: [64, 16, 16, 3], filter: [3, 3, 3, 8], stride: 1, padding: 1 },
  { x: [33, 8, 8, 8], filter: [3, 3, 8, 16], stride: 2, padding: 1 },
  { x: [20, 8, 8, 8], filter: [1, 1, 8, 16], stride: 2, padding: 0 },
  { x: [16, 4, 4, 64], filter: [3, 3, 64, 64], stride: 1, padding: 1 },
  // A linear layer: its pixels are the rows of a matrix.
  { x: [48, 1, 1, 32], filter: [1, 1, 32, 256], stride: 1, padding: 0 },
  { x: [47, 1, 1, 257], filter: [1, 1, 257, 10], stride: 1, padding: 0 },
  // Too many taps for a tile in registers.
  { x: [3, 20, 21, 2], filter: [9, 9, 2, 4], stride: 1, padding: 4 },
  { x: [2, 24, 25, 2], filter: [20, 20, 2, 4], stride: 1, padding: 3 },
];

const tensor = (shape: readonly number[], stream: number): tf.Tensor4D => {
  const values = random.normals(tf.util.sizeFromShape([...shape]), stream, 1);
  return tf.reshape<tf.Rank.R4>(tf.tensor1d(values), shape as [number, number, number, number]);
};

/** Returns y, and the gradients of Σ y·g for a random g. The caller owns them. */
function compute(one: Case, index: number): tf.Tensor[] {
  const [x, filter] = [tensor(one.x, 3 * index), tensor(one.filter, 3 * index + 1)];
  const y = conv2d(x, filter, one);
  const weights = tensor([...y.shape], 3 * index + 2);
  const gradients = tf.grads((a, b) =>
    tf.sum(tf.mul(conv2d(a as tf.Tensor4D, b as tf.Tensor4D, one), weights)),
  )([x, filter]);
  tf.dispose([x, filter, weights]);
  return [y, ...gradients];
}

type Values = readonly (Float32Array | Int32Array | Uint8Array)[];

async function run(one: Case, index: number): Promise<Values> {
  const results = compute(one, index);
  const values = await Promise.all(results.map((result) => result.data()));
  tf.dispose(results);
  return values;
}

/** A family of GPU kernels, or the implementation for WASM. */
type Way = Family | "wasm";
const ways: readonly Way[] = [...families, "wasm"];

const someCases = cases.filter((_, index) => index % 9 === 0 || index >= drawnCases.length + 3);

/** A software adapter compiles some families slowly; only the preferred one runs all cases. */
const casesOf: Record<Way, readonly Case[]> = {
  wasm: cases,
  quads: cases,
  registers: someCases,
  workgroup: someCases.filter((_, index) => index % sized(3, 1) === 0),
  plain: cases.filter((_, index) => index % sized(3, 2) === 0),
};

const parts = ["y", "dx", "dw"];
const found = new Map<Way, Map<Case, Values>>();

async function runAll(way: Way): Promise<void> {
  const values = new Map<Case, Values>();
  for (const one of casesOf[way]) values.set(one, await run(one, cases.indexOf(one)));
  found.set(way, values);
}

beforeAll(async () => {
  await startBackend("webgpu");
  const backend = trainingBackend() as TrainingBackend;
  const choices = choicesOf(backend.device);
  for (const family of families) {
    const walk = () => {
      for (const one of casesOf[family]) tf.dispose(compute(one, cases.indexOf(one)));
    };
    // Runs each case once, so that there are convolutions to choose for; the first family uses the compiled programs.
    if (choices.met.length === 0) await backend.prepare(walk);
    for (const convolution of choices.met) choices.choose(convolution, family);
    await backend.prepare(walk);
    await runAll(family);
  }
  await startBackend("wasm");
  await runAll("wasm");
  await startBackend("cpu");
}, 900_000);
afterAll(() => tf.disposeVariables());

test.each(cases.map((one, index) => ({ one, index, ...one })))(
  "on [$x] with [$filter], stride $stride, padding $padding, equals the reference",
  async ({ one, index }) => {
    const reference = await run(one, index);
    for (const [family, i, wanted] of ways
      .filter((kind) => casesOf[kind].includes(one))
      .flatMap((kind) => reference.map((values, part) => [kind, part, values] as const))) {
      const given = found.get(family)?.get(one)?.[i] ?? new Float32Array();
      expect(given.length).toBe(wanted.length);
      const scale = Math.sqrt(
        Array.from(wanted).reduce((sum, value) => sum + value * value, 0) / wanted.length,
      );
      const worst = Array.from(given).reduce(
        (most, value, j) => Math.max(most, Math.abs(value - (wanted[j] ?? Number.NaN))),
        0,
      );
      // Sums of up to about ten thousand terms in another order; errors relative to the result's root mean square.
      expect(worst, `${family}, ${parts[i]}`).toBeLessThanOrEqual(5e-5 * Math.max(scale, 1e-3));
    }
  },
);

test("the gradients of the reference agree with finite differences", async () => {
  const one: Case = { x: [2, 5, 6, 2], filter: [3, 3, 2, 3], stride: 2, padding: 1 };
  const [x, filter] = [tensor(one.x, 900), tensor(one.filter, 901)];
  const weights = tensor(conv2d(x, filter, one).shape, 902);
  const loss = (a: tf.Tensor, b: tf.Tensor) =>
    tf.sum(tf.mul(conv2d(a as tf.Tensor4D, b as tf.Tensor4D, one), weights));
  const gradients = tf.grads(loss)([x, filter]);
  for (const [which, start] of [x, filter].entries()) {
    const gradient = (await gradients[which]?.data()) ?? new Float32Array();
    const values = await start.data();
    for (const j of [0, 7, 19, values.length - 1]) {
      const shifted = (by: number) =>
        tf.tensor(
          values.map((value, k) => (k === j ? value + by : value)),
          start.shape,
        );
      const at = (by: number) =>
        (which === 0 ? loss(shifted(by), filter) : loss(x, shifted(by))).dataSync()[0] as number;
      // The loss is linear in each input, so a large step only reduces rounding errors.
      expect(Math.abs(at(0.5) - at(-0.5) - (gradient[j] as number))).toBeLessThan(1e-4);
    }
  }
});

test("shapes that do not fit are named before anything runs", () => {
  expect(() => conv2d(tf.zeros([1, 4, 4, 3]), tf.zeros([3, 3, 2, 8]), { stride: 1, padding: 1 })).toThrow(
    /3 channels.*expects 2/,
  );
  expect(() => conv2d(tf.zeros([1, 2, 2, 3]), tf.zeros([5, 5, 3, 8]), { stride: 1, padding: 1 })).toThrow(
    /5×5 filter/,
  );
  expect(() => conv2d(tf.zeros([1, 4, 4, 3]), tf.zeros([3, 3, 3, 8]), { stride: 0, padding: 1 })).toThrow(
    /stride 0/,
  );
});
