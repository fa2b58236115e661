import type { MetricUnit, XAxis } from "../protocol/metrics/metrics";
import { texts } from "../texts/texts";
import { FEWEST_SEEDS, type Judged } from "./differences/verdicts";
import {
  formatBound,
  formatPoints,
  formatPointsRange,
  formatSummary,
  formatX,
  significant,
  xAxisLabel,
} from "./format";
import { lastX, type SeriesCurves, summaryAt } from "./series/series-curves";
import type { ChartSeries, ResultMetric, ResultRow } from "./types";

/** Charts and tables in sentences. */

export function emptyText(series: readonly ChartSeries[]): string {
  if (series.length > 0 && series.every(({ hidden }) => hidden)) {
    return texts().charts.allHidden;
  }
  return texts().charts.noPoints;
}

export function droppedText(points: number): string {
  return texts().charts.dropped(points);
}

/** A description of the picture: the current value of each curve. */
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

/** The relative difference up to which computes are called equal. */
const SAME_COMPUTE = 0.01;

/** "at equal compute", or the multiple of the baseline's; nothing where it is not known. */
function atCompute(row: Compared, baseline: Compared): string {
  const ratio = (row.trainingMacs ?? Number.NaN) / (baseline.trainingMacs ?? Number.NaN);
  if (!Number.isFinite(ratio)) return "";
  const words = texts().charts.difference;
  return Math.abs(ratio - 1) <= SAME_COMPUTE ? words.equalCompute : words.timesCompute(significant(ratio, 2));
}

type Compared = Pick<ResultRow, "label" | "difference" | "trainingMacs">;

/**
 * "SimDis-On-7v − SimDis-On at equal compute: +2.1 ± 0.8 pp over 5 seeds", the verdict, and the interval behind it.
 */
export function differenceText(
  row: Compared,
  baseline: Compared,
  metric: ResultMetric,
  judged: Judged | undefined,
): string {
  const difference = row.difference?.[metric];
  const words = texts().charts.difference;
  if (!difference || difference.n === 0) return words.noneYet(row.label, baseline.label);
  const arms = `${words.arms(row.label, baseline.label)} ${atCompute(row, baseline)}`.trimEnd();
  const measured = words.measured(arms, formatPoints(difference), difference.n);
  const { verdict, interval, largest, together } = judged ?? {};
  if (!verdict || !interval || verdict === "too-few") return words.tooFew(measured, FEWEST_SEEDS);
  const bound = formatBound(largest ?? Number.NaN);
  return words[verdict](measured, words.interval(formatPointsRange(interval), together ?? 1), bound);
}
