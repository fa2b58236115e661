import type { Range } from "../scale";
import type { ResultMetric, ResultRow, SeedSummary } from "../types";
import { shownMetrics } from "./shown-metrics";
import { twoSidedP, twoSidedQuantile } from "./student-t";

/**
 * Verdicts on several differences at once (docs/methods.md §5.5): paired t-tests, corrected by Holm's step-down method
 * (Holm 1979), and the intervals that belong to it. With at most 5 % probability any verdict of a family is false:
 * a difference in the wrong direction or where there is none, or a bound that the difference exceeds.
 */

/** "small": no difference larger than {@link SMALL}; "too-few": fewer than {@link FEWEST_SEEDS} seeds. */
export type Verdict = "better" | "worse" | "small" | "unclear" | "too-few";

export interface Judged {
  readonly verdict: Verdict;
  /** The corrected 95 % interval of the mean, as a fraction; undefined with too few seeds. */
  readonly interval?: Range;
  /** The largest difference in either direction that the interval allows. */
  readonly largest?: number;
  /** The number of differences that are judged together. */
  readonly together: number;
}

/** Equal differences of two seeds, which rounded accuracies often show, would otherwise look certain. */
export const FEWEST_SEEDS = 3;
/** A difference of at most two points is called small. */
export const SMALL = 0.02;
const errorRate = 0.05;

/** Judges the differences of one family, in their order. */
export function judge(differences: readonly SeedSummary[]): readonly Judged[] {
  const tested = differences.flatMap((difference, at) => {
    const { n, mean, deviation } = difference;
    if (n < FEWEST_SEEDS || !Number.isFinite(deviation)) return [];
    const error = deviation / Math.sqrt(n);
    // Equal differences of all seeds have no error; a mean of 0 is then no difference.
    const p = error > 0 ? twoSidedP(mean / error, n - 1) : mean === 0 ? 1 : 0;
    return [{ at, mean, error, degrees: n - 1, p }];
  });
  const together = tested.length;
  const judged: Judged[] = differences.map(() => ({ verdict: "too-few", together }));
  let rejected = 0;
  let isOver = false;
  for (const { at, mean, error, degrees, p } of tested.toSorted((a, b) => a.p - b.p)) {
    const level = errorRate / (together - rejected);
    isOver ||= p > level;
    const reach = error > 0 ? error * twoSidedQuantile(level, degrees) : 0;
    const interval = [mean - reach, mean + reach] as const;
    const largest = Math.max(Math.abs(interval[0]), Math.abs(interval[1]));
    if (!isOver) rejected += 1;
    const open = largest <= SMALL ? "small" : "unclear";
    judged[at] = { verdict: isOver ? open : mean > 0 ? "better" : "worse", interval, largest, together };
  }
  return judged;
}

/** Networks at the end of training and best ones are two readings of the same runs: each is a family of its own. */
const isOfBest = (metric: ResultMetric) => metric.startsWith("best");

/** All differences from the baseline that a table of these rows shows with this measure. */
function familyOf(rows: readonly ResultRow[], baselineId: string | undefined, metric: ResultMetric) {
  const measures = shownMetrics(rows).filter((one) => isOfBest(one) === isOfBest(metric));
  const compared = rows.filter(({ id }) => id !== baselineId);
  return compared.flatMap(({ id, difference }) =>
    measures.flatMap((measure) => {
      const summary = difference?.[measure];
      return summary && summary.n > 0 ? [{ id, measure, summary }] : [];
    }),
  );
}

/** The verdict on each row's difference from the baseline by this measure, corrected for everything it is shown with. */
export function verdictsOf(
  rows: readonly ResultRow[],
  baselineId: string | undefined,
  metric: ResultMetric,
): ReadonlyMap<string, Judged> {
  const family = familyOf(rows, baselineId, metric);
  const judged = judge(family.map(({ summary }) => summary));
  return new Map(
    family.flatMap(({ id, measure }, at) =>
      measure === metric ? [[id, judged[at] as Judged] as const] : [],
    ),
  );
}
