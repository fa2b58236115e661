import { studies } from "./studies";

/** One row of a paper's table, as reference lines for charts. Dataset, networks and training length differ from ours. */
export interface PaperLines {
  readonly id: string;
  readonly study: string;
  /** The measured quantity and its data. */
  readonly setting: string;
  readonly label: string;
  /** Accuracies as fractions. */
  readonly lines: readonly { readonly label: string; readonly value: number }[];
}

/** Papers print accuracies in percent. "87 to 89", "–" and "{3}" cannot be drawn. */
const figure = /^\d+(?:\.\d+)?$/;

/** The first column identifies the row. */
export const paperLines: readonly PaperLines[] = studies.flatMap(({ id, name, figures }) => {
  if (!figures || figures.quantity === "other") return [];
  const { columns, rows, setting } = figures;
  return rows.flatMap((row, at): PaperLines[] => {
    const lines = row.flatMap((cell, column) =>
      column > 0 && figure.test(cell)
        ? [{ label: `paper: ${columns[column]}, ${columns[0]} ${row[0]}`, value: Number(cell) / 100 }]
        : [],
    );
    if (lines.length === 0) return [];
    const first = Number.isFinite(Number(row[0])) ? `${columns[0]} ${row[0]}` : row[0];
    const last = row.at(-1) ?? "";
    const more = figure.test(last) ? "" : `, ${last}`;
    return [{ id: `${id} ${at}`, study: name, setting, label: `${first}${more}`, lines }];
  });
});
