import { paddedRange, type Range } from "../scale";
import { type Curve, windowIndices } from "../series/curve";
import { decimate } from "../series/decimate";
import type { CurveOptions, SeriesCurves } from "../series/series-curves";
import type { ChartEvent, Color, FloorLine } from "../types";

/** The content of the plot: a few hundred points per line, and the axes' ranges. */

export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
}

export interface DrawnLine {
  readonly key: string;
  readonly color: Color;
  readonly dash?: string;
  /**
   * A mean over seeds (or the only seed) is drawn strongly, single seeds of several faintly, and measured values thinly
   * behind the smoothed curve.
   */
  readonly emphasis: "strong" | "faint" | "raw";
  /** Drawn on top of the others, with a wider line. */
  readonly front: boolean;
  readonly points: readonly DrawnPoint[];
}

export interface DrawnBand {
  readonly key: string;
  readonly color: Color;
  readonly points: readonly { readonly x: number; readonly band: Range }[];
}

export interface Drawing {
  readonly lines: readonly DrawnLine[];
  readonly bands: readonly DrawnBand[];
  /** The range of the data and of events; undefined while there is no data. */
  readonly extent: Range | undefined;
  readonly shownX: Range;
  readonly shownY: Range;
  readonly dropped: number;
}

/** The visible range; an open end follows the data. */
export interface Zoom {
  readonly from?: number;
  readonly to?: number;
}

export const POINTS_PER_LINE = 300;

/** What the axes include beside the curves. */
export interface Beside {
  /** So that curves can be compared with them. */
  readonly floors?: readonly FloorLine[];
  /** Of other charts, so that charts side by side can be compared. */
  readonly others?: readonly SeriesCurves[];
  /** A run can end with one that comes after its last point, such as a divergence. */
  readonly events?: readonly ChartEvent[];
}

export function draw(
  curves: readonly SeriesCurves[],
  options: CurveOptions,
  zoom: Zoom,
  beside: Beside,
): Drawing {
  const { floors = [], others = [] } = beside;
  const extent = extentOf(curves, beside);
  const shownX: Range = extent ? [zoom.from ?? extent[0], zoom.to ?? extent[1]] : [0, 1];
  const drawn = curves.map((each) => drawnOf(each, options, shownX));
  const unseen = others.map((each) => drawnOf(each, options, shownX));
  const lines = drawn.flatMap((each) => each.lines);
  const wide = drawn.flatMap(({ bands }) => bands);
  const all = [...drawn, ...unseen];
  const heights = [
    ...all.flatMap((each) => each.lines.flatMap(({ points }) => points.map(({ y }) => y))),
    ...all.flatMap(({ bands }) => bands.flatMap(({ points }) => points.flatMap(({ band }) => band))),
    ...floors.map(({ value }) => value),
  ].filter((value) => Number.isFinite(value) && (options.yScale === "linear" || value > 0));
  const shownY = heights.length > 0 ? paddedRange(leastAndGreatest(heights), options.yScale) : unit(options);
  const dropped = curves.reduce((sum, each) => sum + each.dropped, 0);
  const height = ({ emphasis, front }: DrawnLine) => (emphasis === "raw" ? 0 : front ? 2 : 1);
  lines.sort((a, b) => height(a) - height(b));
  return { lines, bands: bandsWithin(wide, shownY), extent, shownX: opened(shownX), shownY, dropped };
}

/** Line width in CSS pixels and opacity. */
export function strokeOf({ emphasis, front }: DrawnLine): {
  readonly width: number;
  readonly opacity: number;
} {
  if (emphasis === "raw") return { width: 1, opacity: 0.4 };
  return {
    width: (emphasis === "strong" ? 2 : 1) + (front ? 1 : 0),
    opacity: emphasis === "strong" ? 1 : 0.55,
  };
}

interface Drawn {
  readonly lines: readonly DrawnLine[];
  readonly bands: readonly DrawnBand[];
}

function drawnOf(
  { series, runs, aggregated, raw, tails }: SeriesCurves,
  options: CurveOptions,
  shownX: Range,
): Drawn {
  const { n, mean, low, high } = aggregated;
  const line = (
    key: string,
    curve: Curve,
    emphasis: DrawnLine["emphasis"],
    kept = fewPoints(curve, options, shownX),
  ): DrawnLine => ({
    key: `${series.id} ${key}`,
    color: series.color,
    ...(series.dash === undefined || emphasis === "raw" ? {} : { dash: series.dash }),
    emphasis,
    front: series.front ?? false,
    points: kept.map((i) => ({ x: curve.x[i] as number, y: curve.y[i] as number })),
  });
  const each = (options.seeds === "each" || mean.x.length === 0) && runs.length > 1;
  const faint = (each ? runs : tails).map((curve, i) => line(`seed ${i}`, curve, "faint"));
  const kept = each ? [] : fewPoints(mean, options, shownX);
  const behind = raw && !each ? [line("raw", raw, "raw")] : [];
  const lines = [...behind, line("mean", mean, "strong", kept), ...faint].filter(
    ({ points }) => points.length > 0,
  );
  const isAsked = options.band !== "none" && options.seeds === "mean" && !series.withoutBand;
  const hasBand = n > 1 && isAsked && kept.length > 0;
  if (!hasBand) return { lines, bands: [] };
  const points = kept.map((i) => ({
    x: mean.x[i] as number,
    band: [low[i] as number, high[i] as number] as const,
  }));
  return { lines, bands: [{ key: `${series.id} band`, color: series.color, points }] };
}

/** On a log axis the triangles are measured as they appear. */
function fewPoints({ x, y }: Curve, { xScale, yScale }: CurveOptions, shownX: Range): number[] {
  const [from, to] = windowIndices(x, shownX);
  const onX = x.subarray(from, to);
  const onY = y.subarray(from, to);
  const kept = decimate(
    xScale === "log" ? onX.map(Math.log) : onX,
    yScale === "log" ? onY.map(Math.log) : onY,
    POINTS_PER_LINE,
  );
  return kept.map((i) => from + i);
}

/** A band may extend below the range of a log axis, where it is cut off. */
function bandsWithin(bands: readonly DrawnBand[], [bottom]: Range): DrawnBand[] {
  return bands.map(({ points, ...rest }) => ({
    ...rest,
    points: points.map(({ x, band: [low, high] }) => ({ x, band: [Math.max(bottom, low), high] as const })),
  }));
}

/** From the first point of any run to the last point or event of any; undefined while there are no points. */
export function extentOf(
  curves: readonly SeriesCurves[],
  { others = [], events = [] }: Omit<Beside, "floors">,
): Range | undefined {
  const runs = [...curves, ...others].flatMap((each) => each.runs);
  if (runs.length === 0) return undefined;
  const [low, high] = leastAndGreatest(runs.flatMap(({ x }) => [x[0] as number, x.at(-1) as number]));
  return [low, Math.max(high, ...events.map(({ x }) => x))];
}

/** A single point still needs an axis with two ends. */
function opened([low, high]: Range): Range {
  if (high > low) return [low, high];
  return low > 0 ? [low / 2, low * 2] : [low, low + 1];
}

function leastAndGreatest(values: readonly number[]): Range {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return [least, greatest];
}

function unit({ yScale }: CurveOptions): Range {
  return yScale === "log" ? [0.1, 1] : [0, 1];
}
