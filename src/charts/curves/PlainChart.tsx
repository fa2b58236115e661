import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { formatSummary } from "../format";
import { Swatch } from "../Swatch";
import { seriesCurves, summaryAt } from "../series/series-curves";
import type { ChartSeries, CurveChartProps } from "../types";
import { curveSvg } from "./curve-picture";
import { cutAt } from "./cut-at";

type PlainChartProps = Pick<CurveChartProps, "title" | "unit" | "series" | "xAxis" | "floors"> & {
  /** The curves are drawn up to here, on axes that have room for all of them; default all. */
  readonly until?: number;
  /** CSS pixels of the plot. */
  readonly height: number;
};

const options = {
  smoothing: 0,
  band: "deviation",
  seeds: "mean",
  xScale: "linear",
  yScale: "linear",
} as const;

/** Curves with their values at one place, without the chart library: fast to load, and to draw while a recording plays. */
export function PlainChart({ series, until, height, ...props }: PlainChartProps) {
  const { title, unit } = props;
  const shown = useMemo(
    () => (until === undefined ? series : series.map((one) => ({ ...one, runs: cutAt(one.runs, until) }))),
    [series, until],
  );
  return (
    <figure className="chart plain-chart">
      <figcaption className="chart-title">{title}</figcaption>
      <Plot {...props} series={shown} others={series} height={height} />
      <ul className="chart-legend">
        {shown.map((one) => (
          <li key={one.id}>
            <span>
              <Swatch color={one.color} dash={one.dash} /> {one.label}{" "}
              <span className="plain-chart-value">{lastValue(one, until, unit)}</span>
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

function lastValue(series: ChartSeries, until: number | undefined, unit: PlainChartProps["unit"]): string {
  const curves = seriesCurves(series, options);
  const x = curves.aggregated.mean.x.at(-1);
  if (x === undefined) return "–";
  const summary = summaryAt(curves, until === undefined ? x : Math.min(x, until));
  return summary ? formatSummary(unit, summary) : "–";
}

function Plot(props: CurveChartProps & { readonly height: number }) {
  const { title, unit, xAxis, series, others, floors, height } = props;
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // Also says the first width, when it is known anyway: asking for it would have the whole page laid out at once.
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const svg = useMemo(() => {
    const drawn = { title, unit, xAxis, series, ...(others && { others }), ...(floors && { floors }) };
    return width > 0 ? (curveSvg(drawn, { width, height }) ?? "") : "";
  }, [title, unit, xAxis, series, others, floors, width, height]);
  useLayoutEffect(() => {
    if (box.current) box.current.innerHTML = svg;
  }, [svg]);
  return <div ref={box} className="plain-chart-plot" style={{ height }} />;
}
