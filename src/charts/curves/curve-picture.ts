import { formatSummary, formatValueTick, formatX, formatXTick, xAxisLabel } from "../format";
import { markerOf } from "../markers";
import { lettering, svgMarkup, tag } from "../pictures/markup";
import { durationTicks, linearTicks, logTicks, type Range } from "../scale";
import { summaryText } from "../sentences";
import { type SeriesCurves, seriesCurves, summaryAt, tablePlaces } from "../series/series-curves";
import type { AxisScale, ChartEvent, ChartSeries, CurveChartProps, FloorLine } from "../types";
import { type Drawing, type DrawnBand, type DrawnLine, draw, strokeOf } from "./drawing";
import { type DrawnEvent, drawnEvents } from "./drawn-events";

/**
 * A chart for a document, drawn from its data outside the page: in the page's CSS variables, with its summary as text.
 */
export interface CurvePicture {
  readonly title: string;
  /** Undefined while there are no points. */
  readonly svg: string | undefined;
  readonly legend: readonly Pick<ChartSeries, "label" | "color" | "dash">[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** In CSS pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const ofDocuments: PictureSize = { width: 460, height: 240 };
const [LEFT, RIGHT, TOP, BOTTOM] = [54, 12, 12, 40];
const ROWS = 20;
const none: readonly never[] = [];

/** @param props as for the page's own chart; drawn without zoom */
export function curvePicture(props: CurveChartProps): CurvePicture {
  const { title, floors = none } = props;
  const curves = curvesOf(props);
  return {
    title,
    svg: svgOf(curves, props, ofDocuments),
    legend: curves.map(({ series: { label, color, dash } }) => ({ label, color, ...(dash && { dash }) })),
    ...figures(curves, props, floors),
  };
}

/** Only what is drawn; undefined while there are no points. */
export const curveSvg = (props: CurveChartProps, size: PictureSize): string | undefined =>
  svgOf(curvesOf(props), props, size);

function optionsOf(props: CurveChartProps) {
  const { xScale = "linear", yScale = "linear", smoothing = 0, band = "deviation", seeds = "mean" } = props;
  return { smoothing, band, seeds, xScale, yScale } as const;
}

function curvesOf(props: CurveChartProps): SeriesCurves[] {
  const options = optionsOf(props);
  return props.series
    .filter(({ hidden }) => !hidden)
    .map((series) => seriesCurves(series, options))
    .filter(({ runs }) => runs.length > 0);
}

function svgOf(
  curves: readonly SeriesCurves[],
  props: CurveChartProps,
  size: PictureSize,
): string | undefined {
  const { title, unit, xAxis, floors = none, events = none } = props;
  const options = optionsOf(props);
  const others = (props.others ?? none).map((series) => seriesCurves(series, options));
  const drawing = draw(curves, options, {}, { floors, others, events });
  if (!drawing.extent) return undefined;
  const summary = summaryText(title, curves, xAxis, unit);
  return svgMarkup(summary, size.width, size.height, plot(drawing, props, floors, events, size));
}

function figures(
  curves: readonly SeriesCurves[],
  { unit, xAxis }: CurveChartProps,
  floors: readonly FloorLine[],
): Pick<CurvePicture, "head" | "rows"> {
  const cell = (curve: SeriesCurves, x: number) => {
    const summary = summaryAt(curve, x);
    if (!summary) return "–";
    return summary.n > 1
      ? `${formatSummary(unit, summary)} (n = ${summary.n})`
      : formatSummary(unit, summary);
  };
  return {
    head: [xAxisLabel(xAxis), ...curves.map(({ series }) => series.label)],
    rows: [
      ...tablePlaces(curves, ROWS).map((x) => [formatX(xAxis, x), ...curves.map((curve) => cell(curve, x))]),
      ...floors.map(({ label, value }) => {
        const text = formatSummary(unit, { n: 1, mean: value, deviation: Number.NaN });
        return [label, ...curves.map(() => text)];
      }),
    ],
  };
}

type Place = (value: number) => number;

function plot(
  drawing: Drawing,
  { unit, xAxis, xScale = "linear", yScale = "linear" }: CurveChartProps,
  floors: readonly FloorLine[],
  events: readonly ChartEvent[],
  { width, height }: PictureSize,
): string {
  const { shownX, shownY } = drawing;
  const ends = { left: LEFT, right: width - RIGHT, top: TOP, bottom: height - BOTTOM };
  const x = placed(shownX, [ends.left, ends.right], xScale);
  const y = placed(shownY, [ends.bottom, ends.top], yScale);
  const xTicks =
    xScale === "log" ? logTicks(shownX, 6) : (xAxis === "wall" ? durationTicks : linearTicks)(shownX, 6);
  const yTicks = yScale === "log" ? logTicks(shownY, 5) : linearTicks(shownY, 5);
  const small = { "font-size": 11, fill: "var(--muted)" };
  const { left, right, bottom } = ends;
  return [
    ...yTicks.map((tick) =>
      tag("line", { x1: left, x2: right, y1: y(tick), y2: y(tick), stroke: "var(--grid)" }),
    ),
    ...yTicks.map((tick) =>
      lettering(formatValueTick(unit, tick), left - 8, y(tick) + 4, { ...small, "text-anchor": "end" }),
    ),
    tag("line", { x1: left, x2: right, y1: bottom, y2: bottom, stroke: "var(--grid)" }),
    ...xTicks.map((tick) =>
      lettering(formatXTick(xAxis, tick), x(tick), bottom + 16, { ...small, "text-anchor": "middle" }),
    ),
    lettering(xAxisLabel(xAxis), (left + right) / 2, height - 6, { ...small, "text-anchor": "middle" }),
    ...drawing.bands.map((band) => bandMarkup(band, x, y)),
    ...floors.map((floor, at) => floorMarkup(floor, at, y, ends)),
    ...drawing.lines.map((line) => lineMarkup(line, x, y)),
    ...drawnEvents(events, shownX).map((drawn) => eventMarkup(drawn, x, ends)),
  ].join("");
}

function placed([low, high]: Range, [from, to]: Range, scale: AxisScale): Place {
  const along: Place =
    scale === "log"
      ? (value) => Math.log(value / low) / Math.log(high / low)
      : (value) => (value - low) / (high - low);
  return (value) => from + (to - from) * along(value);
}

const at = (x: number, y: number) => `${Math.round(10 * x) / 10} ${Math.round(10 * y) / 10}`;

function lineMarkup(line: DrawnLine, x: Place, y: Place): string {
  const { points, color, dash } = line;
  const [first] = points;
  if (points.length === 1 && first)
    return tag("circle", { cx: x(first.x), cy: y(first.y), r: 3, fill: color });
  const { width, opacity } = strokeOf(line);
  const curve = tag("path", {
    class: "chart-line",
    d: `M${points.map((point) => at(x(point.x), y(point.y))).join("L")}`,
    fill: "none",
    stroke: color,
    "stroke-width": width,
    "stroke-opacity": opacity < 1 ? opacity : undefined,
    "stroke-linejoin": "round",
    "stroke-dasharray": dash,
  });
  const marker = line.emphasis === "strong" ? markerOf(color) : undefined;
  const last = points.at(-1);
  if (!marker || !last) return curve;
  return (
    curve +
    tag("path", {
      class: "chart-marker",
      d: marker,
      transform: `translate(${at(x(last.x), y(last.y))})`,
      fill: color,
    })
  );
}

function bandMarkup({ points, color }: DrawnBand, x: Place, y: Place): string {
  if (points.length === 0) return "";
  const upper = points.map((point) => at(x(point.x), y(point.band[1])));
  const lower = points.map((point) => at(x(point.x), y(point.band[0]))).reverse();
  return tag("path", { d: `M${[...upper, ...lower].join("L")}Z`, fill: color, "fill-opacity": 0.16 });
}

/** Behind text, so that it stays readable where curves cross it. */
const halo = {
  stroke: "var(--surface)",
  "stroke-width": 3,
  "paint-order": "stroke",
  "stroke-linejoin": "round",
};

/** The edges of the plot. */
type Ends = Readonly<Record<"left" | "right" | "top" | "bottom", number>>;

function floorMarkup(
  { label, value, color = "var(--muted)" }: FloorLine,
  number: number,
  y: Place,
  ends: Ends,
): string {
  const [right, above] = [number % 2 === 0, number % 4 < 2];
  const line = { x1: ends.left, x2: ends.right, y1: y(value), y2: y(value) };
  const look = { fill: color, "font-size": 11, "text-anchor": right ? "end" : "start", ...halo };
  return (
    tag("line", { ...line, stroke: color, "stroke-dasharray": "5 4" }) +
    lettering(label, right ? ends.right - 4 : ends.left + 4, y(value) + (above ? -4 : 13), look)
  );
}

function eventMarkup(
  { event: { x: place, color = "var(--muted)" }, label }: DrawnEvent,
  x: Place,
  ends: Ends,
): string {
  const line = { x1: x(place), x2: x(place), y1: ends.top, y2: ends.bottom };
  const isLate = x(place) > (ends.left + ends.right) / 2;
  const look = { fill: color, "font-size": 11, "text-anchor": isLate ? "end" : "start", ...halo };
  const drawn = tag("line", { ...line, stroke: color, "stroke-dasharray": "2 3" });
  if (!label) return drawn;
  return drawn + lettering(label.text, x(place) + (isLate ? -4 : 4), ends.top + 12 + 13 * label.row, look);
}
