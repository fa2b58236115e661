/** Returns the indices of the `k` largest scores, best first; ties keep their order. */
export function topIndices(scores: ArrayLike<number>, k: number): number[] {
  const indices = Array.from({ length: scores.length }, (_, i) => i);
  // Array.prototype.sort is stable: ties keep their order.
  indices.sort((a, b) => (scores[b] as number) - (scores[a] as number));
  return indices.slice(0, k);
}

/**
 * The share of rows whose label is among the `k` highest scores.
 *
 * @param scores [rows, classes], row-major
 */
export function topKAccuracy(scores: Float32Array, labels: ArrayLike<number>, k: number): number {
  const rows = labels.length;
  const classes = scores.length / rows;
  let hits = 0;
  for (let row = 0; row < rows; row++) {
    const best = topIndices(scores.subarray(row * classes, (row + 1) * classes), k);
    if (best.includes(labels[row] as number)) hits++;
  }
  return hits / rows;
}

/** Top-5 accuracy is reported from this number of classes on; with fewer it means little (docs/methods.md §5.1). */
export const fewestClassesForTopFive = 10;
