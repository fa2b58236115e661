import type { BandKind } from "../types";
import { Continued, roomFor } from "./continued";
import { type Curve, emptyCurve, interpolated, lowerBound } from "./curve";

/** The mean over the runs' common range, and their spread. */
export interface Aggregate {
  /** Number of runs; all take part at every point. */
  readonly n: number;
  readonly mean: Curve;
  /** Sample standard deviation (n − 1) at each x; NaN for one run, which has no spread. */
  readonly deviation: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Grid points whose values will not change as the runs grow, with spare capacity. */
interface Settled {
  count: number;
  x: Float64Array;
  y: Float64Array;
  deviation: Float64Array;
  low: Float64Array;
  high: Float64Array;
}

const settled = new Continued<Settled>();

/**
 * Runs measure at different x: each is interpolated on one grid over the range common to all. The grid is that of the
 * run with the most points in this range, plus the range's ends. Runs without points are ignored. For runs that have
 * grown (`Continued`), only the new part is computed.
 */
export function aggregate(runs: readonly Curve[], kind: BandKind): Aggregate {
  const present = runs.filter(({ x }) => x.length > 0);
  const [only] = present;
  if (only && present.length === 1) return { n: 1, mean: only, ...noSpread(only.x.length) };
  const grid = only ? commonGrid(present) : undefined;
  if (!grid) return { n: present.length, mean: emptyCurve, ...noSpread(0) };
  const length = grid.from.length + grid.inside.length + grid.end.length;
  const state = settled.of(
    present.flatMap(({ x, y }) => [y, x]),
    [kind, grid.inside.buffer, ...grid.from],
    () => ({ count: 0, ...emptyColumns() }),
  );
  // The last point at the range's end is provisional; holders of an earlier result must not see it replaced.
  if (state.x[state.count] !== placeAt(grid, state.count)) Object.assign(state, copyOf(state));
  for (const name of columns) state[name] = roomFor(state[name], state.count, length);
  settle(state, present, grid, kind, length);
  const part = (name: (typeof columns)[number]) => state[name].subarray(0, length);
  state.count = length - 1;
  return {
    n: present.length,
    mean: { x: part("x"), y: part("y") },
    deviation: part("deviation"),
    low: part("low"),
    high: part("high"),
  };
}

const columns = ["x", "y", "deviation", "low", "high"] as const;
type Columns = Pick<Settled, (typeof columns)[number]>;

const emptyColumns = () =>
  Object.fromEntries(columns.map((name) => [name, new Float64Array(0)])) as unknown as Columns;

const copyOf = (state: Settled) =>
  Object.fromEntries(columns.map((name) => [name, state[name].slice()])) as unknown as Columns;

/** Fills in everything from the first unsettled point to the range's end. */
function settle(state: Settled, present: readonly Curve[], grid: Grid, kind: BandKind, length: number): void {
  for (let i = state.count; i < length; i += 1) state.x[i] = placeAt(grid, i) as number;
  const places = state.x.subarray(state.count, length);
  const onGrid = present.map((run) => interpolated(run, places));
  const values = new Float64Array(present.length);
  for (let i = state.count; i < length; i += 1) {
    for (let r = 0; r < values.length; r += 1) {
      values[r] = (onGrid[r] as Float64Array)[i - state.count] as number;
    }
    const center = mean(values);
    const spread = sampleDeviation(values, center);
    const reach = kind === "range" ? 0 : reachOf(kind, spread, values.length);
    state.y[i] = center;
    state.deviation[i] = spread;
    state.low[i] = kind === "range" ? Math.min(...values) : center - reach;
    state.high[i] = kind === "range" ? Math.max(...values) : center + reach;
  }
}

/** The parts of single runs beyond the common range: they are drawn, but as one seed each. */
export function tails(runs: readonly Curve[], aggregated: Aggregate): Curve[] {
  if (aggregated.n < 2) return [];
  const end = aggregated.mean.x.at(-1) ?? Number.NEGATIVE_INFINITY;
  return runs
    .map(({ x, y }) => {
      const after = lowerBound(x, end);
      const from = Math.max(0, x[after] === end ? after : after - 1);
      return { x: x.subarray(from), y: y.subarray(from) };
    })
    .filter(({ x }) => x.length > 1 && (x.at(-1) ?? end) > end);
}

/** The grid of a mean, in parts. */
interface Grid {
  /** Start of the range, if the run with the most points has none there. */
  readonly from: readonly number[];
  readonly inside: Float64Array;
  /** End of the range. */
  readonly end: readonly [number];
}

function commonGrid(runs: readonly Curve[]): Grid | undefined {
  const start = Math.max(...runs.map(({ x }) => x[0] as number));
  const end = Math.min(...runs.map(({ x }) => x.at(-1) as number));
  if (!(start <= end)) return undefined;
  const [first = new Float64Array(), ...others] = runs.map(({ x }) =>
    x.subarray(lowerBound(x, start), lowerBound(x, end)),
  );
  const inside = others.reduce((best, x) => (x.length > best.length ? x : best), first);
  return { from: inside[0] === start || start === end ? [] : [start], inside, end: [end] };
}

function placeAt({ from, inside, end }: Grid, i: number): number | undefined {
  if (i < from.length) return from[i];
  return i - from.length < inside.length ? inside[i - from.length] : end[i - from.length - inside.length];
}

let absent = new Float64Array(0);

function noSpread(length: number): Pick<Aggregate, "deviation" | "low" | "high"> {
  if (absent.length < length) absent = new Float64Array(2 * length).fill(Number.NaN);
  const none = absent.subarray(0, length);
  return { deviation: none, low: none, high: none };
}

function reachOf(kind: Exclude<BandKind, "range">, deviation: number, n: number): number {
  if (kind === "deviation") return deviation;
  return (kind === "error" ? deviation : deviation * studentT975(n - 1)) / Math.sqrt(n);
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let r = 0; r < values.length; r += 1) sum += values[r] as number;
  return sum / values.length;
}

function sampleDeviation(values: Float64Array, center: number): number {
  let squares = 0;
  for (let r = 0; r < values.length; r += 1) squares += ((values[r] as number) - center) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

const exactQuantiles = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281];

/**
 * The 97.5 % quantile of Student's t: half of a 95 % interval in units of the standard error. Tabulated up to 10
 * degrees of freedom, then expanded around the normal quantile (Abramowitz & Stegun 26.7.5; error below 0.001).
 */
export function studentT975(degrees: number): number {
  const tabled = exactQuantiles[degrees - 1];
  if (tabled !== undefined) return tabled;
  const z = 1.959964;
  const first = (z ** 3 + z) / (4 * degrees);
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3);
  return z + first + second + third;
}
