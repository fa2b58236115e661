import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../math/random";

/** A parameter's range in a flat tensor: blocks of 64 numbers, of which it uses the first `size`. */
export interface Placed {
  readonly start: number;
  readonly size: number;
  readonly blocks: number;
  readonly excluded: boolean;
}

export interface Layout {
  readonly parts: readonly Placed[];
  readonly total: number;
}

export function layoutOf(sizes: readonly number[], excluded: (part: number) => boolean): Layout {
  let total = 0;
  const parts = sizes.map((size, i) => {
    const blocks = Math.ceil(size / 64);
    const start = total;
    total += 64 * blocks;
    return { start, size, blocks, excluded: excluded(i) };
  });
  return { parts, total };
}

/** Layouts at the edges (one number, a full block, one more), then random ones: up to six parameters of up to 700. */
export function layouts(random: Random, count: number): Layout[] {
  const edges = [layoutOf([1], () => false), layoutOf([64, 65, 1], (part) => part === 1)];
  const drawn = Array.from({ length: count - edges.length }, (_, i) => {
    const words = random.words(7, 71, i);
    const sizes = Array.from(words.slice(1, 2 + ((words[0] as number) % 6)), (word) => 1 + (word % 700));
    return layoutOf(sizes, (part) => (((words[0] as number) >> part) & 8) !== 0);
  });
  return [...edges, ...drawn];
}

/** Draws normal numbers for the parameters, with zero padding between them as in a slab. */
export function drawInto({ parts, total }: Layout, random: Random, stream: number): Float32Array {
  const flat = new Float32Array(total);
  for (const [i, { start, size }] of parts.entries()) flat.set(random.normals(size, 90 + stream, i), start);
  return flat;
}

/** Splits a flat tensor's numbers into one tensor per parameter. */
export const cut = ({ parts }: Layout, flat: Float32Array): tf.Tensor1D[] =>
  parts.map(({ start, size }) => tf.tensor1d(flat.slice(start, start + size)));

/** The largest difference between a flat tensor and its wanted parameters, and between its padding and zero. */
export async function distance(
  { parts }: Layout,
  flat: tf.Tensor,
  wanted: readonly tf.Tensor[],
): Promise<number> {
  const rest = Float32Array.from(await flat.data());
  const places = await Promise.all(wanted.map((tensor) => tensor.data()));
  for (const [i, { start }] of parts.entries()) {
    for (const [j, value] of (places[i] ?? []).entries())
      rest[start + j] = (rest[start + j] as number) - value;
  }
  // Math.max propagates NaN.
  return Math.max(...rest.map(Math.abs));
}

/** Lengths around one block, lengths of many blocks, and random ones. */
export function flatSizes(random: Random): readonly number[] {
  const drawn = Array.from(random.words(46, 99, 1), (word) => 2 + (word % 3_000));
  return [...new Set([1, 63, 64, 65, 1_000, 70_001, ...drawn])];
}

/** The largest difference among the first 5,000 numbers of two flat tensors. */
export async function worst(a: tf.Tensor, b: tf.Tensor): Promise<number> {
  const [given, wanted] = [await a.data(), await b.data()];
  const some = Array.from(given.subarray(0, 5_000));
  return Math.max(0, ...some.map((value, i) => Math.abs(value - (wanted[i] ?? Number.NaN))));
}
