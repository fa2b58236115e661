/** An unlabeled pool as a teacher sees it (SSLD, docs/methods.md §1.11). */
export interface Pool {
  /** The teacher's probabilities, one row of classes per image. */
  readonly probabilities: readonly (readonly number[])[];
  /** Whether an image is too like a held-out one to be learned from. */
  readonly duplicates: readonly boolean[];
}

/**
 * `argmax`: an image stands for its likeliest class alone, so a class may get fewer than k. `relaxed`: every class takes
 * the k images that score highest for it, and an image may serve several.
 */
export type Assignment = "argmax" | "relaxed";

export interface Selection {
  /** Indices into the pool by class, in ascending order. */
  readonly byClass: readonly (readonly number[])[];
  /** All of them once, in ascending order. */
  readonly union: readonly number[];
}

const ascending = (a: number, b: number) => a - b;

/** The k images that the teacher is surest of, class by class. Duplicates of held-out images are dropped before. */
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

/** Difference hashes that differ in at most so many bits are of one picture (docs/methods.md §1.11). */
export const duplicateBits = 4;
