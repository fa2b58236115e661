import { useRef } from "react";
import { ExportButtons } from "../pictures/ExportButtons";
import type { Column } from "./sorting";
import { gridCsv, gridJson, gridOf, tableLatex } from "./table-files";
import { tableSvg } from "./table-picture";

interface TableExportsProps<Row> {
  /** Title of the exported table. */
  readonly label: string;
  /** File name without extension. */
  readonly fileName: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/** Saves a table of figures, also one that the page shows in another form. */
export function TableExports<Row>({ label, fileName, columns, rows }: TableExportsProps<Row>) {
  const place = useRef<HTMLSpanElement>(null);
  return (
    <span ref={place}>
      <ExportButtons
        title={label}
        name={fileName}
        svg={() => tableSvg(label, columns, rows, place.current ?? document.body)}
        csv={() => gridCsv(gridOf(columns, rows))}
        json={() => gridJson(gridOf(columns, rows))}
        latex={() => tableLatex(label, columns, rows)}
      />
    </span>
  );
}
