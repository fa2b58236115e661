import { Continued } from "./continued";

/** One line's points in packed form: `x` strictly increasing, all finite, as many `y` as `x`. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export const emptyCurve: Curve = { x: new Float64Array(), y: new Float64Array() };

/** Drops values that are not finite; of points at one x the last is kept, because it is the newest. */
export function curveOf(x: ArrayLike<number>, y: ArrayLike<number>): Curve {
  if (isPacked(x, y)) return { x: x as Float64Array, y: y as Float64Array };
  const length = Math.min(x.length, y.length);
  const keptX = new Float64Array(length);
  const keptY = new Float64Array(length);
  let kept = 0;
  for (let i = 0; i < length; i += 1) {
    const atX = x[i] as number;
    const atY = y[i] as number;
    if (!Number.isFinite(atX) || !Number.isFinite(atY)) continue;
    while (kept > 0 && (keptX[kept - 1] as number) >= atX) kept -= 1;
    keptX[kept] = atX;
    keptY[kept] = atY;
    kept += 1;
  }
  return { x: keptX.subarray(0, kept), y: keptY.subarray(0, kept) };
}

const packing = new Continued<{ checked: number; last: number }>();

/** Returns whether nothing has to be dropped. Most curves qualify, and long ones are not copied at every update. */
function isPacked(x: ArrayLike<number>, y: ArrayLike<number>): boolean {
  if (!(x instanceof Float64Array && y instanceof Float64Array) || x.length !== y.length) return false;
  const state = packing.of([y, x], [], () => ({ checked: 0, last: Number.NEGATIVE_INFINITY }));
  for (; state.checked < x.length; state.checked += 1) {
    const at = x[state.checked] as number;
    if (!(at > state.last) || !Number.isFinite(at) || !Number.isFinite(y[state.checked])) return false;
    state.last = at;
  }
  return true;
}

/** Index of the first x that is not below `target`; x.length if there is none. */
export function lowerBound(x: Float64Array, target: number): number {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((x[middle] as number) < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The curve's value at `target`, interpolated linearly; NaN outside its range. */
export function valueAt({ x, y }: Curve, target: number): number {
  const right = lowerBound(x, target);
  if (x[right] === target) return y[right] as number;
  if (right === 0 || right === x.length) return Number.NaN;
  const [x0, x1] = [x[right - 1] as number, x[right] as number];
  const [y0, y1] = [y[right - 1] as number, y[right] as number];
  return y0 + ((target - x0) / (x1 - x0)) * (y1 - y0);
}

/** The curve's values at all positions of an increasing grid, as {@link valueAt} at each, in a single pass. */
export function interpolated({ x, y }: Curve, grid: Float64Array): Float64Array {
  if (grid === x) return y;
  const heights = new Float64Array(grid.length);
  let right = lowerBound(x, grid[0] ?? 0);
  for (let i = 0; i < grid.length; i += 1) {
    const target = grid[i] as number;
    while (right < x.length && (x[right] as number) < target) right += 1;
    if (x[right] === target) heights[i] = y[right] as number;
    else if (right === 0 || right === x.length) heights[i] = Number.NaN;
    else {
      const x0 = x[right - 1] as number;
      const y0 = y[right - 1] as number;
      heights[i] = y0 + ((target - x0) / ((x[right] as number) - x0)) * ((y[right] as number) - y0);
    }
  }
  return heights;
}

/**
 * Indices [from, to) of the points within a window, with one neighbor on either side, so that lines reach its edges.
 */
export function windowIndices(x: Float64Array, [low, high]: readonly [number, number]): [number, number] {
  const from = Math.max(0, lowerBound(x, low) - 1);
  const above = lowerBound(x, high);
  return [from, Math.min(x.length, above + 1)];
}
