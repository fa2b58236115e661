import "../charts.css";
import "../results.css";
import { type ReactNode, useState } from "react";
import { SortHeading } from "./SortHeading";
import { type Column, nextSorting, type Sorting, sortRows } from "./sorting";
import { TableExports } from "./TableExports";
import { TableScroll } from "./TableScroll";

interface FigureTableProps<Row> {
  /** Accessible name. */
  readonly label: string;
  /** The first one names the rows. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Replaces the text of the first column. */
  readonly head?: (row: Row) => ReactNode;
  /** File name without extension. */
  readonly fileName: string;
  /** Additional CSS class. */
  readonly className?: string;
}

const shareOf = (share: number | undefined) => (share === undefined ? undefined : { "--share": share });

/** A table of figures, sortable by any column and exportable in full. */
export function FigureTable<Row>({
  label,
  columns,
  rows,
  keyOf,
  head,
  fileName,
  className = "",
}: FigureTableProps<Row>) {
  const [sorting, setSorting] = useState<Sorting>();
  const [first, ...figures] = columns;
  const sorted = sortRows(rows, columns, sorting);
  return (
    <div className="figure-table">
      <TableScroll label={label}>
        <table className={`data-table figures-table ${className}`} aria-label={label}>
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
            {sorted.map((row) => (
              <tr key={keyOf(row)}>
                <th scope="row">{head ? head(row) : first?.text(row)}</th>
                {figures.map((column) => (
                  <td key={column.id} style={shareOf(column.share?.(row))}>
                    {column.cell ? column.cell(row) : column.text(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <TableExports label={label} fileName={fileName} columns={columns} rows={sorted} />
    </div>
  );
}
