/** Returns the indices of the `k` largest scores, best first; ties keep their order. NaN counts as lowest. */
export function topIndices(scores: ArrayLike<number>, k: number): number[] {
  const best: number[] = [];
  // Insertion is cheap because k is small. A later tie goes behind.
  const isHigher = (score: number, place: number) => {
    const other = scores[best[place] as number] as number;
    return score > other || Number.isNaN(other);
  };
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (best.length === k && !isHigher(score, k - 1)) continue;
    let place = best.length < k ? best.length : k - 1;
    while (place > 0 && isHigher(score, place - 1)) {
      best[place] = best[place - 1] as number;
      place--;
    }
    best[place] = i;
  }
  return best;
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

/**
 * Balanced accuracy: the mean over classes of the share of their rows with the highest score at their own class
 * (Brodersen et al. 2010). Classes without rows do not count. With equally many rows per class it is the accuracy.
 *
 * @param scores [rows, classes], row-major
 */
export function balancedAccuracy(scores: Float32Array, labels: ArrayLike<number>): number {
  const rows = labels.length;
  const classes = scores.length / rows;
  const counts = new Int32Array(classes);
  const hits = new Int32Array(classes);
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number;
    const [best] = topIndices(scores.subarray(row * classes, (row + 1) * classes), 1);
    counts[label] = (counts[label] as number) + 1;
    if (best === label) hits[label] = (hits[label] as number) + 1;
  }
  let sum = 0;
  let present = 0;
  for (let label = 0; label < classes; label++) {
    if (counts[label] === 0) continue;
    sum += (hits[label] as number) / (counts[label] as number);
    present++;
  }
  return sum / present;
}

/** Balanced accuracy is worth a curve of its own from this ratio of the largest class to the smallest on. */
const unequal = 2;

export function hasUnequalClasses(labels: ArrayLike<number>): boolean {
  const counts = new Map<number, number>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return Math.max(...counts.values()) >= unequal * Math.min(...counts.values());
}

/** The accuracy of always answering the class that most training images have; of several such classes, the first. */
export function majorityOf(
  train: ArrayLike<number>,
  test: ArrayLike<number>,
): { readonly label: number; readonly top1: number; readonly balanced: number } {
  const counts: number[] = [];
  for (let i = 0; i < train.length; i++) {
    const label = train[i] as number;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  let label = 0;
  for (const [other, count] of counts.entries()) if ((count ?? 0) > (counts[label] ?? 0)) label = other;
  const known = Array.from(test);
  const hits = known.filter((one) => one === label).length;
  return { label, top1: hits / known.length, balanced: hits > 0 ? 1 / new Set(known).size : 0 };
}

/** Top-5 accuracy is reported from this number of classes on; with fewer it means little (docs/methods.md §5.1). */
export const fewestClassesForTopFive = 10;

/** Both accuracies of kNN by its votes, [rows, classes]. */
export const knnAccuracy = (votes: Float32Array, labels: Int32Array) => ({
  knnTop1: topKAccuracy(votes, labels, 1),
  knnBalanced: balancedAccuracy(votes, labels),
});
