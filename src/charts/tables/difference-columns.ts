import { texts } from "../../texts/texts";
import { type Judged, verdictsOf } from "../differences/verdicts";
import { formatBound, formatPoints, formatPointsRange } from "../format";
import type { DifferenceSummary, ResultMetric, ResultRow } from "../types";
import type { Column } from "./sorting";

/** An arm compared with the baseline by one metric. */
export interface DifferenceRow {
  readonly arm: string;
  readonly baseline: string;
  readonly metric: ResultMetric;
  readonly difference: DifferenceSummary;
  readonly judged: Judged;
}

/** All possible comparisons, metric by metric. */
export function differenceRows(
  rows: readonly ResultRow[],
  baselineId: string | undefined,
  metrics: readonly ResultMetric[],
): readonly DifferenceRow[] {
  const baseline = rows.find(({ id }) => id === baselineId);
  if (!baseline) return [];
  return metrics.flatMap((metric) => {
    const verdicts = verdictsOf(rows, baselineId, metric);
    return rows.flatMap((row): DifferenceRow[] => {
      const [difference, judged] = [row.difference?.[metric], verdicts.get(row.id)];
      if (row === baseline || !difference || !judged) return [];
      return [{ arm: row.label, baseline: baseline.label, metric, difference, judged }];
    });
  });
}

/** Fractions for programs, percentage points for people. */
export function differenceColumns(): readonly Column<DifferenceRow>[] {
  const words = texts().differencesTable;
  const { metrics } = texts().resultsTable;
  const interval = ({ judged }: DifferenceRow) => judged.interval;
  return [
    {
      id: "arms",
      label: words.arms,
      value: ({ arm, baseline }) => `${arm} − ${baseline}`,
      text: ({ arm, baseline }) => `${arm} − ${baseline}`,
    },
    {
      id: "metric",
      label: words.metric,
      value: ({ metric }) => metric,
      text: ({ metric }) => metrics[metric],
    },
    {
      id: "seeds",
      label: words.seeds,
      value: ({ difference: { n } }) => n,
      text: ({ difference: { n } }) => String(n),
    },
    {
      id: "difference",
      label: words.difference,
      value: ({ difference: { mean } }) => mean,
      text: ({ difference }) => formatPoints(difference),
    },
    {
      id: "interval",
      label: words.interval,
      value: (row) => interval(row)?.join(" "),
      text: (row) => {
        const ends = interval(row);
        return ends ? formatPointsRange(ends) : "–";
      },
    },
    {
      id: "verdict",
      label: words.verdict,
      value: ({ judged: { verdict } }) => verdict,
      text: ({ judged: { verdict, largest } }) => words.verdicts[verdict](formatBound(largest ?? Number.NaN)),
    },
  ];
}
