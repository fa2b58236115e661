import type { Column, Sorting } from "./sorting";

interface SortHeadingProps<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting | undefined;
  readonly onSort: () => void;
}

/** A column heading; pressing it sorts by the column, pressing it again reverses the order. */
export function SortHeading<Row>({ column, sorting, onSort }: SortHeadingProps<Row>) {
  const active = sorting?.column === column.id;
  const direction = sorting?.descending ? "descending" : "ascending";
  const arrow = sorting?.descending ? "▼" : "▲";
  return (
    <th scope="col" aria-sort={active ? direction : "none"}>
      <button type="button" title={column.meaning} onClick={onSort}>
        {column.mark} {column.label}
        <span className="results-arrow" aria-hidden="true">
          {active ? arrow : ""}
        </span>
      </button>
    </th>
  );
}
