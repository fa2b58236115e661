import type { ReactNode } from "react";
import { texts } from "../texts/texts";

/** What a table shows of a row, and what it sorts by. */
export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** Longer words for the label. */
  readonly meaning?: string;
  /** What rows are sorted by; undefined where nothing was measured, NaN never. */
  readonly value: (row: Row) => number | string | undefined;
  readonly text: (row: Row) => string;
  /** Before the label. */
  readonly mark?: ReactNode;
  /** In place of the text, where the page shows more than words. */
  readonly cell?: (row: Row) => ReactNode;
  /** How much of the accent's color lies behind it, in [0, 1]. */
  readonly share?: (row: Row) => number | undefined;
}

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** Rows that lack the value stay last, whichever way it is sorted; equal rows keep their order. */
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

/** The first column has names: pressed once, the first of the alphabet is on top; of numbers, the greatest. */
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
