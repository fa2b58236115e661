import type { AxisScale, BandKind, ChartSeries, CurveRun, SeedSummary } from "../types";
import { type Aggregate, aggregate, tails } from "./band";
import { Continued, roomFor } from "./continued";
import { type Curve, curveOf, valueAt } from "./curve";
import { smooth } from "./smooth";

/** Options for turning measurements into lines; shared by all series of a chart. */
export interface CurveOptions {
  readonly smoothing: number;
  readonly band: BandKind | "none";
  readonly seeds: "mean" | "each";
  readonly xScale: AxisScale;
  readonly yScale: AxisScale;
}

/** A series ready for drawing, hovering and tables. */
export interface SeriesCurves {
  readonly series: ChartSeries;
  /** One smoothed curve per run that has points, in the order of the runs. */
  readonly runs: readonly Curve[];
  readonly aggregated: Aggregate;
  /** The mean of the measured values, where the curves are smoothed. */
  readonly raw?: Curve;
  /** The parts of single runs beyond the others' end. */
  readonly tails: readonly Curve[];
  /** Number of points that a log axis cannot show. */
  readonly dropped: number;
}

type Computed = Omit<SeriesCurves, "series">;
const computed = new WeakMap<ChartSeries["runs"], { readonly key: string; readonly value: Computed }>();

/** The last result per list of runs is kept: of twelve arms, only the one that trained is computed again. */
export function seriesCurves(series: ChartSeries, options: CurveOptions): SeriesCurves {
  const key = [options.smoothing, options.band, options.xScale, options.yScale].join(" ");
  const known = computed.get(series.runs);
  if (known?.key === key) return { series, ...known.value };
  const value = compute(series.runs, options);
  computed.set(series.runs, { key, value });
  return { series, ...value };
}

function compute(measured: ChartSeries["runs"], options: CurveOptions): Computed {
  const smoothed = measured.map((run) => smoothedCurve(run, options.smoothing));
  const shown = smoothed.map((curve) => showable(curve, options));
  const count = (curves: readonly Curve[]) => curves.reduce((sum, { x }) => sum + x.length, 0);
  const runs = shown.filter(({ x }) => x.length > 0);
  const band = options.band === "none" ? "deviation" : options.band;
  const aggregated = aggregate(runs, band);
  const asMeasured = () => measured.map(({ x, y }) => showable(curveOf(x, y), options));
  return {
    runs,
    aggregated,
    ...(options.smoothing > 0 && { raw: aggregate(asMeasured(), band).mean }),
    tails: tails(runs, aggregated),
    dropped: count(smoothed) - count(shown),
  };
}

const smoothedRuns = new WeakMap<
  CurveRun["y"],
  { readonly key: readonly unknown[]; readonly curve: Curve }
>();

/** Usually only one of an arm's runs has grown: the others' curves are kept. */
function smoothedCurve({ x, y }: CurveRun, smoothing: number): Curve {
  const known = smoothedRuns.get(y);
  if (known && known.key[0] === x && known.key[1] === smoothing) return known.curve;
  const packed = curveOf(x, y);
  const curve = { x: packed.x, y: smooth(packed.y, smoothing) };
  smoothedRuns.set(y, { key: [x, smoothing], curve });
  return curve;
}

interface Shown {
  x: Float64Array;
  y: Float64Array;
  taken: number;
  count: number;
}

const shownOnLog = new Continued<Shown>();

/** A log axis cannot show zero and below. */
function showable(curve: Curve, { xScale, yScale }: CurveOptions): Curve {
  if (xScale === "linear" && yScale === "linear") return curve;
  const start = () => ({ x: new Float64Array(0), y: new Float64Array(0), taken: 0, count: 0 });
  const state = shownOnLog.of([curve.y, curve.x], [xScale, yScale], start);
  state.x = roomFor(state.x, state.count, curve.x.length);
  state.y = roomFor(state.y, state.count, curve.x.length);
  for (; state.taken < curve.x.length; state.taken += 1) {
    const x = curve.x[state.taken] as number;
    const y = curve.y[state.taken] as number;
    if ((xScale === "log" && x <= 0) || (yScale === "log" && y <= 0)) continue;
    state.x[state.count] = x;
    state.y[state.count] = y;
    state.count += 1;
  }
  return { x: state.x.subarray(0, state.count), y: state.y.subarray(0, state.count) };
}

/** Mean and spread at one x, over the runs that have reached it; undefined where none has. */
export function summaryAt({ runs, aggregated }: SeriesCurves, x: number): SeedSummary | undefined {
  const { n, mean, deviation } = aggregated;
  const center = valueAt(mean, x);
  if (Number.isFinite(center)) return { n, mean: center, deviation: valueAt({ x: mean.x, y: deviation }, x) };
  const values = runs.map((run) => valueAt(run, x)).filter(Number.isFinite);
  if (values.length === 0) return undefined;
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
  const spread = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Number.NaN;
  return { n: values.length, mean: average, deviation: spread };
}

/** End of the series' mean, or of its longest run where there is no mean. */
export function lastX({ runs, aggregated }: SeriesCurves): number | undefined {
  return aggregated.mean.x.at(-1) ?? runs.map(({ x }) => x.at(-1) ?? 0).toSorted((a, b) => b - a)[0];
}

/**
 * About `count` positions along the axis at which the chart's curves have points, evenly chosen and including both
 * ends: the rows of the table behind the chart.
 */
export function tablePlaces(curves: readonly SeriesCurves[], count: number): number[] {
  const all = new Set<number>();
  for (const { aggregated, tails: extra } of curves) {
    for (const { x } of [aggregated.mean, ...extra]) for (const place of x) all.add(place);
  }
  const places = [...all].sort((a, b) => a - b);
  if (places.length <= count) return places;
  return Array.from({ length: count }, (_, i) => {
    return places[Math.round((i * (places.length - 1)) / (count - 1))] as number;
  });
}
