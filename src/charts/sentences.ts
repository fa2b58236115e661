import type { MetricUnit } from "../protocol/metrics";
import { texts } from "../texts/texts";
import { studentT975 } from "./band";
import { formatPoints, formatSummary, formatX, xAxisLabel } from "./format";
import { lastX, type SeriesCurves, summaryAt } from "./series-curves";
import type { ChartSeries, SeedSummary, XAxis } from "./types";

/** What charts and tables say in words. */

export function emptyText(series: readonly ChartSeries[]): string {
  if (series.length > 0 && series.every(({ hidden }) => hidden)) {
    return texts().charts.allHidden;
  }
  return texts().charts.noPoints;
}

export function droppedText(points: number): string {
  return texts().charts.dropped(points);
}

/** The picture for those who do not see it: where each curve stands. */
export function summaryText(
  title: string,
  curves: readonly SeriesCurves[],
  xAxis: XAxis,
  unit: MetricUnit,
): string {
  const words = texts().charts;
  const ends = curves.flatMap((curve) => {
    const x = lastX(curve);
    const summary = x === undefined ? undefined : summaryAt(curve, x);
    if (x === undefined || !summary) return [];
    return [words.at(curve.series.label, formatSummary(unit, summary), formatX(xAxis, x))];
  });
  return [words.against(title, xAxisLabel(xAxis)), ...ends].join(" ");
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
  const words = texts().charts.difference;
  if (n === 0) return words.noneYet(arm, baseline);
  const measured = words.measured(arm, baseline, formatPoints(difference), n);
  switch (verdictOf(difference)) {
    case "too-few":
      return words.tooFew(measured);
    case "unclear":
      return words.unclear(measured);
    case "better":
      return words.better(measured);
    default:
      return words.worse(measured);
  }
}
