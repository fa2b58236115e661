import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { BackendName } from "../../../protocol/messages";
import { trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import { depthwiseConv2d } from "./depthwise";

const random = randomFor(41, Purpose.test);

const cases = Array.from({ length: 54 }, (_, i) => {
  const [a = 0, b = 0, c = 0] = random.words(3, i);
  return {
    x: [1 + (a % 4), 3 + (b % 11), 3 + (c % 9), [1, 2, 3, 8, 17, 32][(a >>> 8) % 6] as number],
    kernel: [1, 2, 3, 5][(b >>> 8) % 4] as number,
    stride: 1 + ((c >>> 8) % 3),
  };
});
type Case = (typeof cases)[number];

const tensor = (shape: readonly number[], stream: number) =>
  tf.reshape<tf.Rank.R4>(
    tf.tensor1d(random.normals(tf.util.sizeFromShape([...shape]), stream, 1)),
    shape as [number, number, number, number],
  );

/** Returns y, and the gradients of Σ y·g for a random g. The caller owns them. */
function compute({ x, kernel, stride }: Case, i: number): tf.Tensor[] {
  return tf.tidy(() => {
    const [images, filter] = [tensor(x, 3 * i), tensor([kernel, kernel, x.at(-1) as number, 1], 3 * i + 1)];
    const y = depthwiseConv2d(images, filter, stride);
    const weights = tensor(y.shape, 3 * i + 2);
    const loss = (a: tf.Tensor, b: tf.Tensor) =>
      tf.sum(tf.mul(depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride), weights));
    return [y, ...tf.grads(loss)([images, filter])];
  });
}

const found = new Map<BackendName, number[][][]>();

beforeAll(async () => {
  for (const name of ["webgpu", "wasm", "cpu"] as const) {
    await startBackend(name);
    await trainingBackend()?.prepare(() => {
      for (const [i, one] of cases.entries()) tf.dispose(compute(one, i));
    });
    const all: number[][][] = [];
    for (const [i, one] of cases.entries()) {
      const results = compute(one, i);
      all.push(await Promise.all(results.map(async (result) => Array.from(await result.data()))));
      tf.dispose(results);
    }
    found.set(name, all);
  }
}, 300_000);

test.each(cases.map((one, i) => ({ ...one, i })))(
  "[$x], kernel $kernel, stride $stride, equals the reference",
  ({ i }) => {
    for (const [part, wanted] of (found.get("cpu")?.[i] ?? []).entries()) {
      const scale = Math.max(1, ...wanted.map(Math.abs));
      for (const name of ["webgpu", "wasm"] as const) {
        const given = found.get(name)?.[i]?.[part] ?? [];
        expect(given.length).toBe(wanted.length);
        const worst = Math.max(...given.map((value, j) => Math.abs(value - (wanted[j] ?? Number.NaN))));
        expect(worst / scale, `${["y", "dx", "dw"][part]} on ${name}`).toBeLessThanOrEqual(1e-5);
      }
    }
  },
);

test("the gradients agree with finite differences", () => {
  const one: Case = { x: [2, 5, 4, 2], kernel: 3, stride: 2 };
  const [x, filter] = [tensor(one.x, 900), tensor([3, 3, 2, 1], 901)];
  const weights = tensor(depthwiseConv2d(x, filter, 2).shape, 902);
  const loss = (a: tf.Tensor, b: tf.Tensor) =>
    tf.sum(tf.mul(depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, 2), weights));
  const gradients = tf.grads(loss)([x, filter]);
  for (const [which, start] of [x, filter].entries()) {
    const [values, gradient] = [start.dataSync(), gradients[which]?.dataSync() ?? []];
    for (const j of [0, 5, 11, values.length - 1]) {
      const moved = (by: number) =>
        tf.tensor(
          values.map((v, k) => (k === j ? v + by : v)),
          start.shape,
        );
      const at = (by: number) =>
        (which === 0 ? loss(moved(by), filter) : loss(x, moved(by))).dataSync()[0] ?? 0;
      // The loss is linear in each input, so a large step only reduces rounding errors.
      expect(Math.abs(at(0.5) - at(-0.5) - (gradient[j] ?? Number.NaN))).toBeLessThan(1e-4);
    }
  }
});

test("shapes that do not fit are named before anything runs", () => {
  const x = tf.zeros<tf.Rank.R4>([1, 4, 4, 3]);
  expect(() => depthwiseConv2d(x, tf.zeros([3, 3, 2, 1]), 1)).toThrow(/3 channels.*for 2/);
  expect(() => depthwiseConv2d(x, tf.zeros([3, 3, 3, 2]), 1)).toThrow(/2 outputs each/);
  expect(() => depthwiseConv2d(x, tf.zeros([3, 3, 3, 1]), 0)).toThrow(/stride 0/);
});
