import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import type { BackendName } from "../../protocol/messages";
import { trainingBackend } from "../backend/backend";
import { startTested, type TestedBackend } from "../compiled/compiled-kernels.test-support";
import { Purpose, randomFor } from "../math/random";

const random = randomFor(47, Purpose.test);

/** Normal numbers of a shape that depend only on `stream`. */
export const normals = <R extends tf.Rank>(shape: tf.ShapeMap[R], stream: number): tf.Tensor<R> =>
  tf.reshape(tf.tensor1d(random.normals(tf.util.sizeFromShape([...shape]), stream)), shape);

/** Random uint32 for case `i`. */
export const drawn = (i: number, count: number): readonly number[] => [...random.words(count, i, 1)];

/** Picks one of some values by a random number. */
export const pick = <T>(bits: number | undefined, values: readonly T[]): T =>
  values[(bits ?? 0) % values.length] as T;

export type ImageShape = [batch: number, height: number, width: number, channels: number];

/** Shapes of images: `count` random ones and two edge cases. */
export const imageShapes = (count: number): readonly ImageShape[] => [
  ...Array.from({ length: count }, (_, i): ImageShape => {
    const [a, b, c, d] = drawn(i, 4);
    return [pick(a, [1, 2, 3, 5]), pick(b, [1, 2, 4, 7]), pick(c, [1, 3, 4]), pick(d, [1, 2, 3, 8, 17])];
  }),
  [8, 8, 8, 16],
  [1, 3, 5, 130],
];

/** Returns the result of `of`, and the gradients of a randomly weighted sum of it with respect to its inputs. */
export function withGradients(
  of: (...given: never[]) => tf.Tensor,
  inputs: tf.Tensor[],
  stream: number,
): tf.Tensor[] {
  const compute = of as (...given: tf.Tensor[]) => tf.Tensor;
  const y = compute(...inputs);
  const weights = normals(y.shape as ImageShape, stream);
  return [y, ...tf.grads((...given) => tf.sum(tf.mul(compute(...given), weights)))(inputs)];
}

type Start = (backend: BackendName) => Promise<unknown>;

async function computedOn<C>(
  start: Start,
  backend: TestedBackend,
  cases: readonly C[],
  compute: (one: C, i: number) => tf.Tensor[],
): Promise<Float32Array[][]> {
  await startTested(start, backend);
  // Compiles in parallel: one after another, compiling would take longer than all the rest.
  await trainingBackend()?.prepare(() => {
    for (const [i, one] of cases.entries()) tf.dispose(tf.tidy(() => compute(one, i)));
  });
  const found: Float32Array[][] = [];
  for (const [i, one] of cases.entries()) {
    const results = tf.tidy(() => compute(one, i));
    found.push(await Promise.all(results.map(async (result) => Float32Array.from(await result.data()))));
    tf.dispose(results);
  }
  return found;
}

/**
 * Expects in every case that Retort's kernels on WebGPU and WASM, compiled or not, and their references, agree with plain tfjs on the CPU.
 *
 * @param start switches to a backend
 * @param compute results by kernels or, if `plain`, by tfjs's own ops and gradients
 * @param tolerance relative to the largest number of a result, but at least to 0.1, because of cancellation
 */
export async function expectAlike<C>(
  start: Start,
  cases: readonly C[],
  compute: (one: C, i: number, plain: boolean) => tf.Tensor[],
  tolerance: number,
): Promise<void> {
  const byKernels = (one: C, i: number) => compute(one, i, false);
  const wanted = await computedOn(start, "cpu", cases, (one, i) => compute(one, i, true));
  /** On one device, programs for graphics cards and for software adapters. */
  const bothKinds = async () => {
    const own = await computedOn(start, "webgpu", cases, byKernels);
    const backend = trainingBackend();
    if (backend) backend.hasCheapBarriers = !backend.hasCheapBarriers;
    return { own, other: await computedOn(async () => undefined, "webgpu", cases, byKernels) };
  };
  const { own, other } = await bothKinds();
  const ways = {
    reference: await computedOn(start, "cpu", cases, byKernels),
    wasm: await computedOn(start, "wasm", cases, byKernels),
    compiled: await computedOn(start, "compiled", cases, byKernels),
    webgpu: own,
    "webgpu, of the other kind": other,
  };
  for (const [way, found] of Object.entries(ways)) {
    for (const [i, results] of wanted.entries()) {
      for (const [part, values] of results.entries()) {
        const given = found[i]?.[part] ?? new Float32Array();
        const name = `${way}, ${JSON.stringify(cases[i])}, result ${part}`;
        expect(given.length, name).toBe(values.length);
        const scale = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0.1);
        const worst = values.reduce((most, x, j) => Math.max(most, Math.abs(x - (given[j] as number))), 0);
        expect(worst / scale, name).toBeLessThanOrEqual(tolerance);
      }
    }
  }
}
