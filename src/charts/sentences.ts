import type { MetricUnit } from "../protocol/metrics";
import { studentT975 } from "./band";
import { formatPoints, formatSummary, formatX, xAxisLabels } from "./format";
import { lastX, type SeriesCurves, summaryAt } from "./series-curves";
import type { ChartSeries, SeedSummary, XAxis } from "./types";

/** What charts and tables say in words. */

export function emptyText(series: readonly ChartSeries[]): string {
  if (series.length > 0 && series.every(({ hidden }) => hidden)) {
    return "Every curve is hidden. Press a name below to show it.";
  }
  return "No points yet. Curves begin with the first measurement.";
}

export function droppedText(points: number): string {
  return points === 1
    ? "1 point at or below zero has no place on a log axis."
    : `${points.toLocaleString("en")} points at or below zero have no place on a log axis.`;
}

/** The picture for those who do not see it: where each curve stands. */
export function summaryText(
  title: string,
  curves: readonly SeriesCurves[],
  xAxis: XAxis,
  unit: MetricUnit,
): string {
  const ends = curves.flatMap((curve) => {
    const x = lastX(curve);
    const summary = x === undefined ? undefined : summaryAt(curve, x);
    if (x === undefined || !summary) return [];
    return [`${curve.series.label}: ${formatSummary(unit, summary)} at ${formatX(xAxis, x)}.`];
  });
  return [`${title} against ${xAxisLabels[xAxis].toLowerCase()}.`, ...ends].join(" ");
}

export type Verdict = "better" | "worse" | "unclear" | "too-few";

/** Whether the 95 % t-interval of the mean paired difference leaves out zero. */
export function verdictOf({ n, mean, deviation }: SeedSummary): Verdict {
  if (n < 2 || !Number.isFinite(deviation)) return "too-few";
  const reach = (deviation * studentT975(n - 1)) / Math.sqrt(n);
  if (Math.abs(mean) <= reach) return "unclear";
  return mean > 0 ? "better" : "worse";
}

/** "SimDis-On-7v − SimDis-On: +2.1 ± 0.8 pp over 5 seeds." and what follows from it. */
export function differenceText(arm: string, baseline: string, difference: SeedSummary): string {
  const { n } = difference;
  if (n === 0) return `${arm} − ${baseline}: no seed has finished in both yet.`;
  const seeds = n === 1 ? "1 seed" : `${n} seeds`;
  const measured = `${arm} − ${baseline}: ${formatPoints(difference)} over ${seeds}`;
  switch (verdictOf(difference)) {
    case "too-few":
      return `${measured}; not enough seeds to tell.`;
    case "unclear":
      return `${measured}; the 95 % interval includes no difference, so not enough seeds to tell.`;
    case "better":
      return `${measured}; better, with 95 % confidence.`;
    default:
      return `${measured}; worse, with 95 % confidence.`;
  }
}
