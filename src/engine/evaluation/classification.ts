/** Indices of the `k` largest of `scores`, best first; of equal scores the earlier comes first. */
export function topIndices(scores: ArrayLike<number>, k: number): number[] {
  const indices = Array.from({ length: scores.length }, (_, i) => i);
  // Array.prototype.sort is stable: ties keep their order.
  indices.sort((a, b) => (scores[b] as number) - (scores[a] as number));
  return indices.slice(0, k);
}

/**
 * Share of rows whose label is among the `k` highest scores.
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

/** Top-5 says nothing with fewer classes than this (docs/methods.md §5.1). */
export const fewestClassesForTopFive = 10;
