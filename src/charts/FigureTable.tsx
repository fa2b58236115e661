import "./charts.css";
import { type ReactNode, useState } from "react";
import { texts } from "../texts/texts";
import { csvText, download } from "./export";
import { SortHeading } from "./SortHeading";
import { type Column, nextSorting, type Sorting, sortRows } from "./sorting";
import { TableScroll } from "./TableScroll";

interface FigureTableProps<Row> {
  /** What a screen reader calls it. */
  readonly label: string;
  /** The first one names the rows. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** In place of the first column's text. */
  readonly head?: (row: Row) => ReactNode;
  /** Of the file, without extension. */
  readonly fileName: string;
}

/** Figures that can be sorted by any column and saved in full. */
export function FigureTable<Row>({ label, columns, rows, keyOf, head, fileName }: FigureTableProps<Row>) {
  const [sorting, setSorting] = useState<Sorting>();
  const [first, ...figures] = columns;
  return (
    <div className="figure-table">
      <TableScroll label={label}>
        <table className="data-table figures-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <SortHeading
                  key={column.id}
                  column={column}
                  sorting={sorting}
                  onSort={() => setSorting(nextSorting(sorting, columns, column.id))}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {sortRows(rows, columns, sorting).map((row) => (
              <tr key={keyOf(row)}>
                <th scope="row">{head ? head(row) : first?.text(row)}</th>
                {figures.map((column) => (
                  <td key={column.id}>{column.text(row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <button
        type="button"
        className="button button-small"
        aria-label={texts().charts.saveAs(label, "CSV")}
        onClick={() =>
          download(new Blob([figuresCsv(columns, rows)], { type: "text/csv" }), `${fileName}.csv`)
        }
      >
        CSV
      </button>
    </div>
  );
}

/** Every number in full, under the columns' ids; what was not measured is empty. */
export function figuresCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map(({ value }) => value(row) ?? ""));
  return csvText([columns.map(({ id }) => id), ...lines]);
}
