import { differenceRows, differenceColumns as pairedColumns } from "../../charts/tables/difference-columns";
import { LATEX_HEAD, latexTable } from "../../charts/tables/latex";
import { exportedColumns, resultsCaption } from "../../charts/tables/result-columns";
import type { Column } from "../../charts/tables/sorting";
import { settingDifferences } from "../../series/setting-differences";
import { differenceColumns } from "../../series/tables/difference-columns";
import { floorColumns, floorRows } from "../../series/tables/floor-columns";
import { ledgerColumns, ledgerRows } from "../../series/tables/ledger-columns";
import { trainingColumns, trainingDifferences } from "../../series/tables/training-columns";
import { texts } from "../../texts/texts";
import type { SummaryFacts } from "./summary";

/** The page's tables for documents, as text in the page's order. */
export interface TextTable {
  readonly title: string;
  /** Explanation of its figures. */
  readonly help?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const textTable = <Row>(
  title: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  help?: string,
): TextTable => ({
  title,
  ...(help !== undefined && { help }),
  head: columns.map(({ label }) => label),
  rows: rows.map((row) => columns.map(({ text }) => text(row))),
});

export type TableId = "settings" | "trainings" | "results" | "differences" | "floors" | "ledger";

/** The tables that have content. */
export function textTables(facts: SummaryFacts): Readonly<Partial<Record<TableId, TextTable>>> {
  const { run, rows, baselineId, dataset, overlays = [] } = facts;
  const words = texts();
  const arms = run.experiment?.arms ?? [];
  const ledger = ledgerRows(run);
  const all: Readonly<Record<TableId, TextTable>> = {
    settings: textTable(words.arms.differences, differenceColumns(arms), settingDifferences(arms)),
    trainings: textTable(
      words.trainings.label,
      run.experiment ? trainingColumns(run.experiment, overlays) : [],
      run.experiment ? trainingDifferences(run.experiment, overlays) : [],
    ),
    results: textTable(
      words.report.results,
      exportedColumns(baselineId),
      rows,
      resultsCaption(rows, baselineId),
    ),
    differences: textTable(
      words.differencesTable.title,
      pairedColumns(),
      differenceRows(rows, baselineId, ["finalKnn", "finalLinear"]),
      words.differencesTable.help,
    ),
    floors: textTable(words.floors.label, floorColumns(), floorRows(run), words.floors.help),
    ledger: textTable(
      words.ledger.label,
      ledgerColumns(ledger, dataset?.classNames.length),
      ledger,
      words.ledger.help,
    ),
  };
  return Object.fromEntries(Object.entries(all).filter(([, { rows: lines }]) => lines.length > 0));
}

const captionOf = ({ title, help }: TextTable) => (help === undefined ? `${title}.` : `${title}. ${help}`);

export function resultsLatex(facts: SummaryFacts): string {
  const { results, differences, settings, trainings, floors, ledger } = textTables(facts);
  const tables = [results, differences, settings, trainings, floors, ledger].flatMap((table) =>
    table ? [latexTable(captionOf(table), table.head, table.rows)] : [],
  );
  return [LATEX_HEAD, ...tables].join("\n");
}
