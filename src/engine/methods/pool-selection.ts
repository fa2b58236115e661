/** An unlabeled pool with a teacher's predictions (SSLD, docs/methods.md §1.11). */
export interface Pool {
  /** The teacher's probabilities, one row of classes per image. */
  readonly probabilities: readonly (readonly number[])[];
  /** Whether an image duplicates a held-out one and must not be used. */
  readonly duplicates: readonly boolean[];
}

/**
 * `argmax`: an image counts only for its most probable class, so a class may get fewer than k. `relaxed`: every class
 * takes the k images that score highest for it, and an image may count for several.
 */
export type Assignment = "argmax" | "relaxed";

export interface Selection {
  /** Indices into the pool by class, in ascending order. */
  readonly byClass: readonly (readonly number[])[];
  /** All selected indices without repetition, in ascending order. */
  readonly union: readonly number[];
}

const ascending = (a: number, b: number) => a - b;

/**
 * Selects, for each class, the k images with the highest probability. Duplicates of held-out images are dropped
 * first.
 */
export function selectFromPool(
  { probabilities, duplicates }: Pool,
  perClass: number,
  assignment: Assignment = "argmax",
): Selection {
  const scores = (image: number) => probabilities[image] as readonly number[];
  const candidates = [...probabilities.keys()].filter((image) => !duplicates[image]);
  const classes = probabilities[0]?.length ?? 0;
  const byClass = Array.from({ length: classes }, (_, label) => {
    const score = (image: number) => scores(image)[label] as number;
    const eligible =
      assignment === "relaxed"
        ? candidates
        : candidates.filter((image) => likeliestOf(scores(image)) === label);
    return [...eligible]
      .sort((a, b) => score(b) - score(a) || a - b)
      .slice(0, perClass)
      .sort(ascending);
  });
  return { byClass, union: [...new Set(byClass.flat())].sort(ascending) };
}

function likeliestOf(scores: readonly number[]): number {
  return scores.indexOf(Math.max(...scores));
}

/** Images whose difference hashes differ in at most this many bits count as duplicates (docs/methods.md §1.11). */
export const duplicateBits = 4;
