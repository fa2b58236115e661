import { csvText } from "../pictures/export";
import { LATEX_HEAD, latexTable } from "./latex";
import type { Column } from "./sorting";

/**
 * A table of figures as files. Programs get every number in full under the columns' ids, people get the displayed text.
 */

type Cell = string | number;
export type Grid = readonly (readonly Cell[])[];

/** With a header row; missing values are empty. */
export const gridOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Grid => [
  columns.map(({ id }) => id),
  ...rows.map((row) => columns.map(({ value }) => value(row) ?? "")),
];

export const gridCsv = (grid: Grid): string => csvText(grid);

/** A record per row; missing values are null. */
export function gridRecords([head = [], ...rows]: Grid): readonly Readonly<Record<string, Cell | null>>[] {
  const known = (cell: Cell | undefined) =>
    cell === undefined || cell === "" || (typeof cell === "number" && !Number.isFinite(cell)) ? null : cell;
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, known(row[at])])));
}

export const gridJson = (grid: Grid): string => `${JSON.stringify(gridRecords(grid), null, 1)}\n`;

export const tableLatex = <Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string =>
  LATEX_HEAD +
  latexTable(
    caption,
    columns.map(({ label }) => label),
    rows.map((row) => columns.map(({ text }) => text(row))),
  );
