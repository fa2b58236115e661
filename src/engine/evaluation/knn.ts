/** Embeddings with their classes. `features` is [count, dimension], row-major, any scale. */
export interface LabelledFeatures {
  readonly features: Float32Array;
  readonly labels: ArrayLike<number>;
}

export interface KnnOptions {
  /** Neighbours that vote; 20 in Wu et al. 2018. More than there are is all of them. */
  readonly neighbours: number;
  /** Temperature of the votes; .07 in Wu et al. 2018. */
  readonly temperature: number;
  readonly classes: number;
}

export const knnDefaults = { neighbours: 20, temperature: 0.07 } as const;

/**
 * Weighted kNN on cosine similarity: each of the k nearest votes for its class with weight exp(sim/T). Wu et al. 2018,
 * §3.4. The largest similarity is subtracted first, which changes no ranking and keeps exp finite.
 *
 * @returns votes [queries, classes], row-major; each row's largest vote is the prediction
 */
export function knnVotes(bank: LabelledFeatures, queries: Float32Array, options: KnnOptions): Float32Array {
  const { temperature, classes } = options;
  const count = bank.labels.length;
  const dimension = bank.features.length / count;
  const neighbours = Math.min(options.neighbours, count);
  const known = normaliseRows(bank.features, dimension);
  const asked = normaliseRows(queries, dimension);
  const rows = queries.length / dimension;
  const votes = new Float32Array(rows * classes);
  const nearest = new Nearest(neighbours);
  for (let row = 0; row < rows; row++) {
    nearest.clear();
    for (let i = 0; i < count; i++) {
      let similarity = 0;
      for (let d = 0; d < dimension; d++) {
        similarity += (known[i * dimension + d] as number) * (asked[row * dimension + d] as number);
      }
      nearest.offer(i, similarity);
    }
    const top = nearest.similarities[0] as number;
    for (let j = 0; j < neighbours; j++) {
      const label = bank.labels[nearest.indices[j] as number] as number;
      const weight = Math.exp(((nearest.similarities[j] as number) - top) / temperature);
      votes[row * classes + label] = (votes[row * classes + label] as number) + weight;
    }
  }
  return votes;
}

function normaliseRows(rows: Float32Array, dimension: number): Float32Array {
  const out = new Float32Array(rows.length);
  for (let start = 0; start < rows.length; start += dimension) {
    let squared = 0;
    for (let d = 0; d < dimension; d++) squared += (rows[start + d] as number) ** 2;
    const scale = 1 / Math.max(Math.sqrt(squared), 1e-12);
    for (let d = 0; d < dimension; d++) out[start + d] = (rows[start + d] as number) * scale;
  }
  return out;
}

/** The best k so far, best first; insertion is cheap because k is small. Of equals, the first offered stays ahead. */
class Nearest {
  readonly similarities: Float64Array;
  readonly indices: Int32Array;

  constructor(private readonly size: number) {
    this.similarities = new Float64Array(size);
    this.indices = new Int32Array(size);
  }

  clear(): void {
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
