import * as tf from "@tensorflow/tfjs-core";
import { l2Normalize } from "../math/similarities";

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
    vote(similarities, bank.labels, options, votes.subarray(row * options.classes));
  }
  return votes;
}

/** The number of queries whose similarities are read back at a time. */
const queryChunk = 250;

/**
 * {@link knnVotes} with the similarities computed by the backend.
 *
 * @param bank [count, dimension], any scale
 * @param queries [rows, dimension]
 */
export async function knnVotesOf(
  bank: { readonly features: tf.Tensor2D; readonly labels: ArrayLike<number> },
  queries: tf.Tensor2D,
  options: KnnOptions,
): Promise<Float32Array> {
  const count = bank.labels.length;
  const [rows, dimension] = queries.shape;
  const votes = new Float32Array(rows * options.classes);
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
      vote(of, bank.labels, options, votes.subarray((start + row) * options.classes));
    }
  }
  known.dispose();
  return votes;
}

/** Adds the votes for one query to the first `classes` numbers of `votes`. */
function vote(
  similarities: Float32Array,
  labels: ArrayLike<number>,
  { neighbors, temperature }: KnnOptions,
  votes: Float32Array,
): void {
  const nearest = new Nearest(Math.min(neighbors, labels.length));
  for (let i = 0; i < similarities.length; i++) nearest.offer(i, similarities[i] as number);
  const top = nearest.similarities[0] as number;
  for (const [j, index] of nearest.indices.entries()) {
    const label = labels[index] as number;
    const weight = Math.exp(((nearest.similarities[j] as number) - top) / temperature);
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

/** The best k candidates so far, best first. Insertion is cheap because k is small. Ties keep their order. */
class Nearest {
  readonly similarities: Float64Array;
  readonly indices: Int32Array;

  constructor(private readonly size: number) {
    this.similarities = new Float64Array(size);
    this.indices = new Int32Array(size);
    this.similarities.fill(Number.NEGATIVE_INFINITY);
  }

  offer(index: number, similarity: number): void {
    const { similarities, indices, size } = this;
    if (similarity <= (similarities[size - 1] as number)) return;
    let place = size - 1;
    while (place > 0 && similarity > (similarities[place - 1] as number)) {
      similarities[place] = similarities[place - 1] as number;
      indices[place] = indices[place - 1] as number;
      place--;
    }
    similarities[place] = similarity;
    indices[place] = index;
  }
}
