import type { Range } from "../scale";
import { studentT975 } from "../series/band";
import type { SeedSummary } from "../types";

/** The 95 % t-interval of one mean over seeds, not corrected for others; undefined with too few seeds. */
export function intervalOf({ n, mean, deviation }: SeedSummary): Range | undefined {
  if (n < 2 || !Number.isFinite(deviation)) return undefined;
  const reach = (deviation * studentT975(n - 1)) / Math.sqrt(n);
  return [mean - reach, mean + reach];
}
