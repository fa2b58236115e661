import { texts } from "../../texts/texts";
import { intervalOf } from "../differences/interval";
import { formatAccuracy, formatDuration, formatMacs, formatPoints } from "../format";
import { type ResultMetric, type ResultRow, resultMetrics, type SeedSummary } from "../types";
import type { Column } from "./sorting";
import type { Grid } from "./table-files";

/** The results table as data: what each column shows, sorts by and writes to files. */

export type ResultColumn = Column<ResultRow> & { readonly meaning: string };

const NOTHING = "–";

const armColumn = (): ResultColumn => ({
  id: "arm",
  label: texts().resultsTable.arm,
  meaning: texts().resultsTable.armMeaning,
  value: ({ label }) => label,
  text: ({ label }) => label,
});

const seedsColumn = (): ResultColumn => ({
  id: "seeds",
  label: texts().resultsTable.seeds,
  meaning: texts().resultsTable.seedsMeaning,
  value: ({ finishedSeeds }) => finishedSeeds,
  text: ({ finishedSeeds, plannedSeeds }) => `${finishedSeeds} / ${plannedSeeds}`,
});

function accuracyColumn(metric: ResultMetric): ResultColumn {
  return {
    id: metric,
    label: texts().resultsTable.metrics[metric],
    meaning: texts().resultsTable.meanings[metric],
    value: ({ accuracy }) => accuracy[metric]?.mean,
    text: ({ accuracy, plannedSeeds }) => ofSeeds(accuracy[metric], plannedSeeds, formatAccuracy),
  };
}

const topFiveColumn = (): ResultColumn => ({
  id: "linearTopFive",
  label: texts().resultsTable.topFive,
  meaning: texts().resultsTable.topFiveMeaning,
  value: ({ linearTopFive }) => linearTopFive?.mean,
  text: ({ linearTopFive, plannedSeeds }) => ofSeeds(linearTopFive, plannedSeeds, formatAccuracy),
});

function differenceColumn(metric: ResultMetric, baselineId: string | undefined): ResultColumn {
  const words = texts().resultsTable;
  return {
    id: "difference",
    label: words.difference,
    meaning: words.differenceMeaning(words.metrics[metric]),
    value: ({ id, difference }) => (id === baselineId ? 0 : difference?.[metric]?.mean),
    text: ({ id, difference, plannedSeeds }) =>
      id === baselineId ? words.isBaseline : ofSeeds(difference?.[metric], plannedSeeds, formatPoints),
  };
}

const costColumns = (): readonly ResultColumn[] => [
  {
    id: "trainingMacs",
    label: texts().resultsTable.compute,
    meaning: texts().resultsTable.computeMeaning,
    value: ({ trainingMacs }) => trainingMacs,
    text: ({ trainingMacs }) => (trainingMacs === undefined ? NOTHING : formatMacs(trainingMacs)),
  },
  {
    id: "wallMs",
    label: texts().resultsTable.time,
    meaning: texts().resultsTable.timeMeaning,
    value: ({ wallMs }) => wallMs?.mean,
    text: ({ wallMs }) => (wallMs ? formatDuration(wallMs.mean) : NOTHING),
  },
];

/** @param shows accuracies besides those that are compared */
export function resultColumns(
  compared: ResultMetric,
  baselineId?: string,
  metrics: readonly ResultMetric[] = resultMetrics,
  shows: { readonly topFive?: boolean } = {},
): readonly ResultColumn[] {
  return [
    armColumn(),
    seedsColumn(),
    ...metrics.map(accuracyColumn),
    ...(shows.topFive ? [topFiveColumn()] : []),
    differenceColumn(compared, baselineId),
    ...costColumns(),
  ];
}

/** As on the page, plus the linear classifier's differences. */
export function exportedColumns(baselineId: string | undefined): readonly ResultColumn[] {
  const words = texts().resultsTable;
  const differences = (["finalKnn", "finalLinear", "finalClassifier", "finalDetection"] as const).map(
    (metric) => ({
      ...differenceColumn(metric, baselineId),
      id: `difference_${metric}`,
      label: `Δ ${words.metrics[metric]}`,
    }),
  );
  const accuracies = [...resultMetrics.map(accuracyColumn), topFiveColumn()];
  return [armColumn(), seedsColumn(), ...accuracies, ...differences, ...costColumns()];
}

/** The explanation that accompanies an exported table. */
export function resultsCaption(rows: readonly ResultRow[], baselineId: string | undefined): string {
  const baseline = rows.find(({ id }) => id === baselineId)?.label;
  const words = texts().resultsTable;
  return [words.caption, ...(baseline === undefined ? [] : [words.baselineNote(baseline)])].join(" ");
}

const intervalHeads = (name: string) => [`${name}_low95`, `${name}_high95`];
const intervalCells = (summary: SeedSummary | undefined): (string | number)[] => [
  ...((summary && intervalOf(summary)) ?? ["", ""]),
];
const summaryHeads = (name: string) => [`${name}_mean`, `${name}_sd`, `${name}_n`];
const summaryCells = (summary: SeedSummary | undefined): (string | number)[] =>
  summary ? [summary.mean, summary.deviation, summary.n] : ["", "", ""];

/** Every number in full, fractions as fractions; missing values are empty. */
export function resultsGrid(rows: readonly ResultRow[], baselineId?: string): Grid {
  const baseline = rows.find(({ id }) => id === baselineId)?.label ?? "";
  const head = [
    "arm",
    "seeds_finished",
    "seeds_planned",
    ...resultMetrics.flatMap(summaryHeads),
    ...summaryHeads("linearTopFive"),
    "baseline",
    ...resultMetrics.flatMap((metric) => {
      const name = `${metric}_difference`;
      return [...summaryHeads(name), ...intervalHeads(name)];
    }),
    "training_macs",
    "paper_macs",
    ...summaryHeads("wall_ms"),
  ];
  const lines = rows.map((row) => [
    row.label,
    row.finishedSeeds,
    row.plannedSeeds,
    ...resultMetrics.flatMap((metric) => summaryCells(row.accuracy[metric])),
    ...summaryCells(row.linearTopFive),
    baseline,
    ...resultMetrics.flatMap((metric) => {
      const difference = row.difference?.[metric];
      return [...summaryCells(difference), ...intervalCells(difference)];
    }),
    row.trainingMacs ?? "",
    row.paperMacs ?? "",
    ...summaryCells(row.wallMs),
  ]);
  return [head, ...lines];
}

/** n is stated only where it differs from the column of seeds. */
function ofSeeds(
  summary: SeedSummary | undefined,
  planned: number,
  format: (summary: SeedSummary) => string,
): string {
  if (!summary || summary.n === 0) return NOTHING;
  return summary.n === planned ? format(summary) : `${format(summary)} (n = ${summary.n})`;
}
