import type { MetricUnit } from "../protocol/metrics";
import { texts } from "../texts/texts";
import { studentT975 } from "./band";
import { formatPoints, formatSummary, formatX, significant, xAxisLabel } from "./format";
import { lastX, type SeriesCurves, summaryAt } from "./series-curves";
import type { ChartSeries, ResultMetric, ResultRow, SeedSummary, XAxis } from "./types";

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

/** A part by which computes may differ and still be called equal. */
const SAME_COMPUTE = 0.01;

/** "at equal compute", or how many times the baseline's; nothing where it is not known. */
function atCompute(row: Compared, baseline: Compared): string {
  const ratio = (row.trainingMacs ?? Number.NaN) / (baseline.trainingMacs ?? Number.NaN);
  if (!Number.isFinite(ratio)) return "";
  const words = texts().charts.difference;
  return Math.abs(ratio - 1) <= SAME_COMPUTE ? words.equalCompute : words.timesCompute(significant(ratio, 2));
}

type Compared = Pick<ResultRow, "label" | "difference" | "trainingMacs">;

/** "SimDis-On-7v − SimDis-On at equal compute: +2.1 ± 0.8 pp over 5 seeds." and what follows from it. */
export function differenceText(row: Compared, baseline: Compared, metric: ResultMetric): string {
  const difference = row.difference?.[metric];
  const words = texts().charts.difference;
  if (!difference || difference.n === 0) return words.noneYet(row.label, baseline.label);
  const arms = `${words.arms(row.label, baseline.label)} ${atCompute(row, baseline)}`.trimEnd();
  const measured = words.measured(arms, formatPoints(difference), difference.n);
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
