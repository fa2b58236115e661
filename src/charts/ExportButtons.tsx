import { type RefObject, useState } from "react";
import { texts } from "../texts/texts";
import { curvesCsv, download, fileName } from "./export";
import { pngOf, standaloneSvg } from "./picture";
import type { ChartSeries, XAxis } from "./types";

interface ExportButtonsProps {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly xAxis: XAxis;
  /** The box that holds the plot. */
  readonly plot: RefObject<HTMLElement | null>;
}

export function ExportButtons({ title, series, xAxis, plot }: ExportButtonsProps) {
  const [problem, setProblem] = useState<string>();
  const name = fileName(title);
  const svg = () => {
    const drawn = plot.current?.querySelector<SVGSVGElement>("svg.recharts-surface");
    if (!drawn) throw new Error(texts().charts.noPlot);
    return standaloneSvg(
      drawn,
      title,
      series.filter(({ hidden }) => !hidden),
    );
  };
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
    CSV: save(() => new Blob([curvesCsv(series, xAxis, title)], { type: "text/csv" }), "csv"),
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
