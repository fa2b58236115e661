import type { ReactNode } from "react";
import { texts } from "../../texts/texts";

/** A table cell: its text, and its sort value. */
export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** A longer text for the label. */
  readonly meaning?: string;
  /** Sort value; undefined where nothing was measured, never NaN. */
  readonly value: (row: Row) => number | string | undefined;
  readonly text: (row: Row) => string;
  /** Content before the label. */
  readonly mark?: ReactNode;
  /** Replaces the text on the page. */
  readonly cell?: (row: Row) => ReactNode;
  /** Strength of the accent color behind the cell, in [0, 1]. */
  readonly share?: (row: Row) => number | undefined;
}

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** Rows without the value stay last, whatever the direction; equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | undefined,
): Row[] {
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

/** The first column has names and first sorts ascending; columns of numbers first sort descending. */
export function nextSorting<Row>(
  sorting: Sorting | undefined,
  columns: readonly Column<Row>[],
  column: string,
): Sorting {
  if (sorting?.column === column) return { column, descending: !sorting.descending };
  return { column, descending: column !== columns[0]?.id };
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), texts().locale, { numeric: true });
}
