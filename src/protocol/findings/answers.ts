import answers from "./answers.json";
import type { Finding } from "./finding";

/**
 * Seen: a difference of the expected sign. Opposite: one of the other sign, or any where none was
 * expected. Not seen: at most a small one of that sign. Otherwise it cannot be told.
 */
export const findingVerdicts = ["seen", "opposite", "not-seen", "unclear"] as const;
export type FindingVerdict = (typeof findingVerdicts)[number];

/** Computed from a recorded comparison by `npm run findings -- --write`; never edited by hand. */
export interface FindingAnswer {
  readonly id: string;
  readonly verdict: FindingVerdict;
  /** Why it cannot be told: neither arm has learned, or the interval includes both no difference and a useful one. */
  readonly why?: "untrained" | "wide";
  /** Of the difference over seeds, a fraction. */
  readonly n: number;
  readonly mean: number;
  /** The 95 % interval of the mean, corrected for the findings that are judged together. */
  readonly interval: readonly [low: number, high: number];
  readonly together: number;
  /** Mean accuracies of both arms. */
  readonly arm: number;
  readonly against: number;
  /** Seeds in which each arm's classifier ended at chance; missing where none did. */
  readonly fallen?: readonly [arm: number, against: number];
  /** Of all runs of these arms: multiply-accumulates and milliseconds, their teachers' included. */
  readonly macs: number;
  readonly wallMs: number;
}

export const findingAnswers = answers as unknown as readonly FindingAnswer[];

export const answerTo = ({ id }: Pick<Finding, "id">): FindingAnswer | undefined =>
  findingAnswers.find((answer) => answer.id === id);
