import "../charts.css";
import "../results.css";
import { memo, useMemo, useRef } from "react";
import { texts } from "../../texts/texts";
import { ChartLegend } from "../ChartLegend";
import { ExportButtons } from "../pictures/ExportButtons";
import { curvesCsv } from "../pictures/export";
import { standaloneSvg } from "../pictures/picture";
import { droppedText, emptyText, summaryText } from "../sentences";
import { seriesCurves } from "../series/series-curves";
import { ChartTable } from "../tables/ChartTable";
import type { CurveChartProps } from "../types";
import { CurvePlot } from "./CurvePlot";
import { draw, extentOf } from "./drawing";
import { HoverCard } from "./HoverCard";
import { useZoom } from "./use-zoom";
import { ZoomSlider } from "./ZoomSlider";

const none: readonly never[] = [];

/**
 * Curves of one metric: per arm a line, the mean over seeds, with a band; floors, hover values, zoom, table, export.
 */
export const CurveChart = memo(function CurveChart(props: CurveChartProps) {
  const { title, unit, xAxis, xScale = "linear", yScale = "linear", height = 260 } = props;
  const { smoothing = 0, band = "deviation", seeds = "mean", floors = none, events = none } = props;
  const { series, others = none, zoomPlace = title } = props;
  const options = useMemo(
    () => ({ smoothing, band, seeds, xScale, yScale }),
    [smoothing, band, seeds, xScale, yScale],
  );
  const curves = useMemo(
    () => series.filter(({ hidden }) => !hidden).map((each) => seriesCurves(each, options)),
    [series, options],
  );
  const unseen = useMemo(
    () => others.filter(({ hidden }) => !hidden).map((each) => seriesCurves(each, options)),
    [others, options],
  );
  const plot = useRef<HTMLDivElement>(null);
  const extent = useMemo(() => extentOf(curves, { others: unseen, events }), [curves, unseen, events]);
  const { zoom, onZoom, dragging, selection } = useZoom(zoomPlace, xAxis, xScale, extent);
  const drawing = useMemo(
    () => draw(curves, options, zoom, { floors, others: unseen, events }),
    [curves, options, zoom, floors, unseen, events],
  );
  const zoomed = zoom.from !== undefined || zoom.to !== undefined;
  const svg = () => {
    const drawn = plot.current?.querySelector<SVGSVGElement>("svg.recharts-surface");
    if (!drawn) throw new Error(texts().charts.noPlot);
    return standaloneSvg(
      drawn,
      title,
      series.filter(({ hidden }) => !hidden),
    );
  };

  return (
    <figure className="chart">
      <figcaption className="chart-head">
        <span className="chart-title" title={title}>
          {title}
        </span>
        {zoomed ? (
          <button type="button" onClick={() => onZoom({})}>
            {texts().charts.showAll}
          </button>
        ) : null}
        <ExportButtons title={title} svg={svg} csv={() => curvesCsv(series, xAxis, title)} />
      </figcaption>
      <div className="chart-plot" ref={plot} style={{ height }} {...dragging}>
        {extent ? (
          <CurvePlot
            {...{ drawing, xAxis, xScale, yScale, unit, floors, events, height }}
            summary={summaryText(title, curves, xAxis, unit)}
            hover={(x) => <HoverCard {...{ curves, x, xAxis, unit }} />}
          />
        ) : (
          <p className="chart-empty">{props.emptyText ?? emptyText(series)}</p>
        )}
        {selection ? <div className="chart-selection" style={selection} /> : null}
      </div>
      <ZoomSlider {...{ extent: extent ?? [0, 1], disabled: !extent, zoom, scale: xScale, xAxis, onZoom }} />
      {props.withoutLegend ? null : <ChartLegend series={series} />}
      {drawing.dropped > 0 ? <p className="chart-note">{droppedText(drawing.dropped)}</p> : null}
      <ChartTable {...{ title, curves, floors, events, xAxis, unit }} shownY={drawing.shownY} />
    </figure>
  );
});
