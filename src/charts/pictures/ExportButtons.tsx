import "../charts.css";
import "../results.css";
import { useState } from "react";
import { texts } from "../../texts/texts";
import { download, fileName } from "./export";
import { pngOf } from "./picture";

interface ExportButtonsProps {
  /** Title of the exported content; the default for file names. */
  readonly title: string;
  /** A self-contained picture. @throws Error that says why there is none */
  readonly svg: () => string;
  /** The complete data. */
  readonly csv: () => string;
  /** The data as records, for a table. */
  readonly json?: () => string;
  /** The table in LaTeX. */
  readonly latex?: () => string;
  /** File name without extension; default derived from the title. */
  readonly name?: string;
}

/** Saves a picture and its data. */
export function ExportButtons({ title, svg, csv, json, latex, name = fileName(title) }: ExportButtonsProps) {
  const [problem, setProblem] = useState<string>();
  const save = (make: () => Promise<Blob> | Blob, extension: string) => async () => {
    try {
      download(await make(), `${name}.${extension}`);
      setProblem(undefined);
    } catch (error) {
      setProblem(texts().charts.notSaved(error instanceof Error ? error.message : ""));
    }
  };
  const formats = {
    SVG: save(() => new Blob([svg()], { type: "image/svg+xml" }), "svg"),
    PNG: save(() => pngOf(svg()), "png"),
    CSV: save(() => new Blob([csv()], { type: "text/csv" }), "csv"),
    ...(json && { JSON: save(() => new Blob([json()], { type: "application/json" }), "json") }),
    ...(latex && { LaTeX: save(() => new Blob([latex()], { type: "application/x-tex" }), "tex") }),
  };
  return (
    <span className="chart-export">
      {Object.entries(formats).map(([format, onClick]) => (
        <button
          key={format}
          type="button"
          aria-label={texts().charts.saveAs(title, format)}
          onClick={onClick}
        >
          {format}
        </button>
      ))}
      {problem === undefined ? null : <span role="alert">{problem}</span>}
    </span>
  );
}
