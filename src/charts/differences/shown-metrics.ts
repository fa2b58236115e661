import { type ResultMetric, type ResultRow, resultMetrics } from "../types";

const ofSomeNetworks: readonly ResultMetric[] = ["finalClassifier", "bestClassifier", "finalDetection"];

/** A difference from which two accuracies are shown with different digits. */
const visible = 0.0005;

const balancedOf = { balancedKnn: "finalKnn", balancedLinear: "finalLinear" } as const;
const isBalanced = (metric: ResultMetric): metric is keyof typeof balancedOf =>
  Object.hasOwn(balancedOf, metric);

/**
 * All accuracies, but those of classifiers and detectors only if there are any, and balanced ones only if they differ
 * from the plain ones: with equal classes they repeat these.
 */
export function shownMetrics(rows: readonly ResultRow[]): readonly ResultMetric[] {
  const differs = (metric: keyof typeof balancedOf) =>
    rows.some(({ accuracy }) => {
      const [own, plain] = [accuracy[metric], accuracy[balancedOf[metric]]];
      return own && plain && Math.abs(own.mean - plain.mean) >= visible;
    });
  return resultMetrics.filter((metric) => {
    if (isBalanced(metric)) return differs(metric);
    return !ofSomeNetworks.includes(metric) || rows.some(({ accuracy }) => accuracy[metric]);
  });
}

/** From here on the five most likely of some ten classes nearly always contain the right one. */
const TOP_FIVE_TELLS_NOTHING = 0.95;

/** Whether top-5 accuracy tells arms apart. */
export const showsTopFive = (rows: readonly ResultRow[]): boolean =>
  rows.some(({ linearTopFive }) => linearTopFive && linearTopFive.mean < TOP_FIVE_TELLS_NOTHING);
