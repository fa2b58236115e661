import { type Curve, emptyCurve, interpolated, lowerBound } from "./curve";
import type { BandKind } from "./types";

/** The mean over runs where all of them have been, and how far they lie apart. */
export interface Aggregate {
  /** Runs that take part at every point. */
  readonly n: number;
  readonly mean: Curve;
  /** Sample standard deviation (n − 1) at each x; NaN for one run, which has no spread. */
  readonly deviation: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Runs measure at different x: each is interpolated on one grid over the range that all of them cover. The grid is that
 * of the run with the most points there, with the range's ends. Runs without points do not count.
 */
export function aggregate(runs: readonly Curve[], kind: BandKind): Aggregate {
  const present = runs.filter(({ x }) => x.length > 0);
  const [only] = present;
  if (only && present.length === 1) return { n: 1, mean: only, ...noSpread(only.x.length) };
  const grid = only ? commonGrid(present) : new Float64Array();
  if (grid.length === 0) return { n: present.length, mean: emptyCurve, ...noSpread(0) };
  const y = new Float64Array(grid.length);
  const [deviation, low, high] = [grid.slice(), grid.slice(), grid.slice()];
  const onGrid = present.map((run) => interpolated(run, grid));
  const values = new Float64Array(present.length);
  for (let i = 0; i < grid.length; i += 1) {
    for (let r = 0; r < values.length; r += 1) values[r] = (onGrid[r] as Float64Array)[i] as number;
    const centre = mean(values);
    const spread = sampleDeviation(values, centre);
    const reach = kind === "range" ? 0 : reachOf(kind, spread, values.length);
    y[i] = centre;
    deviation[i] = spread;
    low[i] = kind === "range" ? Math.min(...values) : centre - reach;
    high[i] = kind === "range" ? Math.max(...values) : centre + reach;
  }
  return { n: present.length, mean: { x: grid, y }, deviation, low, high };
}

/** What single runs have beyond the range that all of them cover: they are drawn, but as one seed each. */
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

function commonGrid(runs: readonly Curve[]): Float64Array {
  const start = Math.max(...runs.map(({ x }) => x[0] as number));
  const end = Math.min(...runs.map(({ x }) => x.at(-1) as number));
  if (!(start <= end)) return new Float64Array();
  const inside = runs.map(({ x }) => x.subarray(lowerBound(x, start), lowerBound(x, end)));
  const densest = inside.reduce((best, x) => (x.length > best.length ? x : best), new Float64Array());
  const head = densest[0] === start || start === end ? [] : [start];
  return Float64Array.from([...head, ...densest, end]);
}

function noSpread(length: number): Pick<Aggregate, "deviation" | "low" | "high"> {
  const absent = new Float64Array(length).fill(Number.NaN);
  return { deviation: absent, low: absent, high: absent };
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

function sampleDeviation(values: Float64Array, centre: number): number {
  let squares = 0;
  for (let r = 0; r < values.length; r += 1) squares += ((values[r] as number) - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

const exactQuantiles = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281];

/**
 * The 97.5 % quantile of Student's t: half of a 95 % interval in units of the standard error. Tabled up to 10 degrees of
 * freedom, then expanded around the normal quantile (Abramowitz & Stegun 26.7.5; wrong by less than 0.001).
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
