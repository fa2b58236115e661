import { csvText } from "./export";
import { formatAccuracy, formatDuration, formatMacs, formatPoints } from "./format";
import { type ResultMetric, type ResultRow, resultMetrics, type SeedSummary } from "./types";

/** The results table as data: what each column shows, sorts by and writes into files. */

export const resultMetricLabels: Readonly<Record<ResultMetric, string>> = {
  finalKnn: "kNN, final",
  bestKnn: "kNN, best",
  finalLinear: "Linear, final",
  bestLinear: "Linear, best",
};

export interface ResultColumn {
  readonly id: string;
  readonly label: string;
  /** Longer words for the label. */
  readonly meaning: string;
  /** What rows are sorted by; undefined where nothing was measured, NaN never. */
  readonly value: (row: ResultRow) => number | string | undefined;
  readonly text: (row: ResultRow) => string;
}

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

const NOTHING = "–";

const armColumn: ResultColumn = {
  id: "arm",
  label: "Arm",
  meaning: "One scheme with its settings.",
  value: ({ label }) => label,
  text: ({ label }) => label,
};

const seedsColumn: ResultColumn = {
  id: "seeds",
  label: "Seeds",
  meaning: "Runs that have finished, of those planned.",
  value: ({ finishedSeeds }) => finishedSeeds,
  text: ({ finishedSeeds, plannedSeeds }) => `${finishedSeeds} / ${plannedSeeds}`,
};

const meanings: Readonly<Record<ResultMetric, string>> = {
  finalKnn: "Held-out kNN accuracy after the last step: mean ± sample standard deviation over seeds.",
  bestKnn: "The best kNN accuracy that a run ever had: mean ± sample standard deviation over seeds.",
  finalLinear:
    "Held-out accuracy of a linear classifier on frozen features after the last step: mean ± sample standard deviation.",
  bestLinear: "The best linear accuracy that a run ever had: mean ± sample standard deviation over seeds.",
};

function accuracyColumn(metric: ResultMetric): ResultColumn {
  return {
    id: metric,
    label: resultMetricLabels[metric],
    meaning: meanings[metric],
    value: ({ accuracy }) => accuracy[metric]?.mean,
    text: ({ accuracy, plannedSeeds }) => ofSeeds(accuracy[metric], plannedSeeds),
  };
}

function differenceColumn(metric: ResultMetric, baselineId: string | undefined): ResultColumn {
  return {
    id: "difference",
    label: "Against baseline",
    meaning: `${resultMetricLabels[metric]}: this arm minus the baseline, seed by seed.`,
    value: ({ id, difference }) => (id === baselineId ? 0 : difference?.[metric]?.mean),
    text: ({ id, difference }) => {
      return id === baselineId ? "baseline" : withSeeds(difference?.[metric], formatPoints);
    },
  };
}

const costColumns: readonly ResultColumn[] = [
  {
    id: "trainingMacs",
    label: "Compute",
    meaning: "Multiply-accumulates of one run as trained, forward and backward.",
    value: ({ trainingMacs }) => trainingMacs,
    text: ({ trainingMacs }) => (trainingMacs === undefined ? NOTHING : formatMacs(trainingMacs)),
  },
  {
    id: "wallMs",
    label: "Time",
    meaning: "Training time of one run, pauses left out: mean over seeds.",
    value: ({ wallMs }) => wallMs?.mean,
    text: ({ wallMs }) => (wallMs ? formatDuration(wallMs.mean) : NOTHING),
  },
];

export function resultColumns(compared: ResultMetric, baselineId?: string): readonly ResultColumn[] {
  return [
    armColumn,
    seedsColumn,
    ...resultMetrics.map(accuracyColumn),
    differenceColumn(compared, baselineId),
    ...costColumns,
  ];
}

/** Rows that lack the value stay last, whichever way it is sorted; equal rows keep their order. */
export function sortRows(
  rows: readonly ResultRow[],
  columns: readonly ResultColumn[],
  sorting: Sorting | undefined,
): ResultRow[] {
  const column = columns.find(({ id }) => id === sorting?.column);
  if (!column || !sorting) return [...rows];
  const direction = sorting.descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [column.value(a), column.value(b)];
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    return direction * compare(left, right);
  });
}

/** Numbers first pressed show the greatest on top, names the first of the alphabet; pressed again the other way. */
export function nextSorting(sorting: Sorting | undefined, column: string): Sorting {
  if (sorting?.column === column) return { column, descending: !sorting.descending };
  return { column, descending: column !== armColumn.id };
}

const summaryHeads = (name: string) => [`${name}_mean`, `${name}_sd`, `${name}_n`];
const summaryCells = (summary: SeedSummary | undefined): (string | number)[] =>
  summary ? [summary.mean, summary.deviation, summary.n] : ["", "", ""];

/** Every number in full, fractions as fractions; what was not measured is empty. */
export function resultsCsv(rows: readonly ResultRow[], baselineId?: string): string {
  const baseline = rows.find(({ id }) => id === baselineId)?.label ?? "";
  const head = [
    "arm",
    "seeds_finished",
    "seeds_planned",
    ...resultMetrics.flatMap(summaryHeads),
    "baseline",
    ...resultMetrics.flatMap((metric) => summaryHeads(`${metric}_difference`)),
    "training_macs",
    "paper_macs",
    ...summaryHeads("wall_ms"),
  ];
  const lines = rows.map((row) => [
    row.label,
    row.finishedSeeds,
    row.plannedSeeds,
    ...resultMetrics.flatMap((metric) => summaryCells(row.accuracy[metric])),
    baseline,
    ...resultMetrics.flatMap((metric) => summaryCells(row.difference?.[metric])),
    row.trainingMacs ?? "",
    row.paperMacs ?? "",
    ...summaryCells(row.wallMs),
  ]);
  return csvText([head, ...lines]);
}

/** n is said only where it is not that of the column of seeds. */
function ofSeeds(summary: SeedSummary | undefined, planned: number): string {
  if (!summary || summary.n === 0) return NOTHING;
  return summary.n === planned ? formatAccuracy(summary) : withSeeds(summary, formatAccuracy);
}

function withSeeds(summary: SeedSummary | undefined, format: (summary: SeedSummary) => string): string {
  if (!summary || summary.n === 0) return NOTHING;
  return `${format(summary)} (n = ${summary.n})`;
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}
