/** What is known of one member of a cohort at one evaluation. */
export interface MemberCheck {
  /** On validation images, in [0, 1]; NaN where its outputs are no numbers. */
  readonly accuracy: number;
  /** Share of those images that it puts into its most frequent class. */
  readonly largestShare?: number;
}

export interface CrashRule {
  readonly classes: number;
  /** Evaluations in a row at chance that make a crash. */
  readonly patience?: number;
}

/** Above chance by no more than this is as good as chance. */
const atChance = 0.02;
/** Only who was above chance by this can crash; others have merely not learned yet. */
const hadLearned = 0.1;
/** Who says one class this often says nothing. */
const singleClass = 0.95;

/**
 * At which evaluation a member of a mutual-learning cohort crashed (docs/methods.md §5.4): its outputs stopped being
 * numbers, or it had learned and then fell to chance, or to a single class, for `patience` evaluations in a row. Returns the
 * first of those evaluations, counted from 0; undefined while none has crashed.
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
