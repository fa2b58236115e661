/** The results of one member of a cohort at one evaluation. */
export interface MemberCheck {
  /** Accuracy on validation images, in [0, 1]; NaN if its outputs are not finite. */
  readonly accuracy: number;
  /** The share of those images that it assigns to its most frequent class. */
  readonly largestShare?: number;
}

/** With the member's class probabilities of each of these images, [images, classes], row-major. */
export interface CheckedMember extends MemberCheck {
  readonly shares: Float32Array;
}

export interface CrashRule {
  readonly classes: number;
  /** The number of consecutive evaluations at chance that count as a crash. */
  readonly patience?: number;
}

/** An accuracy above chance by at most this counts as chance. */
const atChance = 0.02;
/** Only a member that was above chance by this can crash; others have not learned yet. */
const hadLearned = 0.1;
/** A member that predicts one class for more than this share of images counts as crashed. */
const singleClass = 0.95;

/**
 * Returns the evaluation, counted from 0, at which a member of a mutual-learning cohort has crashed
 * (docs/methods.md §5.4): its outputs were not finite, or it had learned and then fell to chance, or to a single
 * class, for `patience` evaluations in a row, of which the first is returned. Undefined if it has not crashed.
 */
export function crashOf(
  history: readonly MemberCheck[],
  { classes, patience = 3 }: CrashRule,
): number | undefined {
  const chance = 1 / classes;
  let best = 0;
  let lost = 0;
  for (const [at, { accuracy, largestShare = 0 }] of history.entries()) {
    if (Number.isNaN(accuracy)) return at;
    const down = best >= chance + hadLearned && (accuracy <= chance + atChance || largestShare > singleClass);
    lost = down ? lost + 1 : 0;
    if (lost === patience) return at - patience + 1;
    best = Math.max(best, accuracy);
  }
  return undefined;
}
