import * as tf from "@tensorflow/tfjs-core";
import { l2Normalize } from "../math/similarities";
import { topIndices } from "./classification";

/** Embeddings with their classes. `features` is [count, dimension], row-major, at any scale. */
export interface LabeledFeatures {
  readonly features: Float32Array;
  readonly labels: ArrayLike<number>;
}

export interface KnnOptions {
  /** The number of neighbors that vote; 20 in Wu et al. 2018. All images vote if there are fewer. */
  readonly neighbors: number;
  /** Temperature of the votes; .07 in Wu et al. 2018. */
  readonly temperature: number;
  readonly classes: number;
}

/**
 * Weighted kNN on cosine similarity: each of the k nearest votes for its class with weight exp(sim/T). Wu et al. 2018,
 * §3.4. The largest similarity is subtracted first, which changes no ranking and keeps exp finite.
 *
 * @returns votes [queries, classes], row-major; each row's largest vote is the prediction
 */
export function knnVotes(bank: LabeledFeatures, queries: Float32Array, options: KnnOptions): Float32Array {
  const count = bank.labels.length;
  const dimension = bank.features.length / count;
  const known = normalizeRows(bank.features, dimension);
  const asked = normalizeRows(queries, dimension);
  const rows = queries.length / dimension;
  const votes = new Float32Array(rows * options.classes);
  const similarities = new Float32Array(count);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i++) {
      let similarity = 0;
      for (let d = 0; d < dimension; d++) {
        similarity += (known[i * dimension + d] as number) * (asked[row * dimension + d] as number);
      }
      similarities[i] = similarity;
    }
    const nearest = topIndices(similarities, options.neighbors);
    vote(similarities, nearest, bank.labels, options, votes.subarray(row * options.classes));
  }
  return votes;
}

/** The number of queries whose similarities are read back at a time. */
const queryChunk = 250;

/** The number of nearest images that are told of each query. */
export const neighborsOfEach = 3;

export interface Nearest {
  /** {@link knnVotes} */
  readonly votes: Float32Array;
  /** Places in the bank of each query's nearest images, nearest first: [queries, {@link neighborsOfEach}] or fewer of a small bank. */
  readonly neighbors: Int32Array;
}

/**
 * kNN with the similarities computed by the backend.
 *
 * @param bank [count, dimension], any scale
 * @param queries [rows, dimension]
 */
export async function nearestOf(
  bank: { readonly features: tf.Tensor2D; readonly labels: ArrayLike<number> },
  queries: tf.Tensor2D,
  options: KnnOptions,
): Promise<Nearest> {
  const count = bank.labels.length;
  const [rows, dimension] = queries.shape;
  const votes = new Float32Array(rows * options.classes);
  const shown = Math.min(neighborsOfEach, count);
  const neighbors = new Int32Array(rows * shown);
  const known = tf.tidy(() => l2Normalize(bank.features));
  for (let start = 0; start < rows; start += queryChunk) {
    const size = Math.min(queryChunk, rows - start);
    const similarities = tf.tidy(() => {
      const asked = l2Normalize(tf.slice(queries, [start, 0], [size, dimension]));
      return tf.matMul(asked, known, false, true);
    });
    const values = (await similarities.data()) as Float32Array;
    similarities.dispose();
    for (let row = 0; row < size; row++) {
      const of = values.subarray(row * count, (row + 1) * count);
      const nearest = topIndices(of, Math.max(options.neighbors, shown));
      vote(of, nearest, bank.labels, options, votes.subarray((start + row) * options.classes));
      neighbors.set(nearest.slice(0, shown), (start + row) * shown);
    }
  }
  known.dispose();
  return { votes, neighbors };
}

/** Adds the votes for one query to the first `classes` numbers of `votes`. */
function vote(
  similarities: Float32Array,
  nearest: readonly number[],
  labels: ArrayLike<number>,
  { neighbors, temperature }: KnnOptions,
  votes: Float32Array,
): void {
  const top = similarities[nearest[0] as number] as number;
  for (const index of nearest.slice(0, neighbors)) {
    const label = labels[index] as number;
    const weight = Math.exp(((similarities[index] as number) - top) / temperature);
    votes[label] = (votes[label] as number) + weight;
  }
}

function normalizeRows(rows: Float32Array, dimension: number): Float32Array {
  const out = new Float32Array(rows.length);
  for (let start = 0; start < rows.length; start += dimension) {
    let squared = 0;
    for (let d = 0; d < dimension; d++) squared += (rows[start + d] as number) ** 2;
    const scale = 1 / Math.max(Math.sqrt(squared), 1e-12);
    for (let d = 0; d < dimension; d++) out[start + d] = (rows[start + d] as number) * scale;
  }
  return out;
}
