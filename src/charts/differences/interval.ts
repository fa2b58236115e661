import type { Range } from "../scale";
import { studentT975 } from "../series/band";
import type { SeedSummary } from "../types";

/** The 95 % t-interval of a mean over seeds; undefined with too few seeds. */
export function intervalOf({ n, mean, deviation }: SeedSummary): Range | undefined {
  if (n < 2 || !Number.isFinite(deviation)) return undefined;
  const reach = (deviation * studentT975(n - 1)) / Math.sqrt(n);
  return [mean - reach, mean + reach];
}

export type Verdict = "better" | "worse" | "unclear" | "too-few";

/** Returns whether the 95 % t-interval of the mean paired difference excludes zero. */
export function verdictOf(difference: SeedSummary): Verdict {
  const interval = intervalOf(difference);
  if (!interval) return "too-few";
  const [low, high] = interval;
  if (low <= 0 && high >= 0) return "unclear";
  return low > 0 ? "better" : "worse";
}
