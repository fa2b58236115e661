import type { CurveRun } from "../types";

/**
 * The runs up to a place on the axis. Between two measurements a curve ends on the line that joins them, as it is drawn,
 * so that it grows evenly.
 */
export function cutAt(runs: readonly CurveRun[], until: number): readonly CurveRun[] {
  return runs.map(({ seed, x, y }) => {
    const places = Array.from(x);
    const next = places.findIndex((place) => place > until);
    if (next < 0) return { seed, x, y };
    const [heights, before] = [Array.from(y), next - 1];
    const [x0, x1, y0, y1] = [places[before], places[next], heights[before], heights[next]];
    const cut = { seed, x: places.slice(0, next), y: heights.slice(0, next) };
    if (x0 === undefined || x1 === undefined || y0 === undefined || y1 === undefined || x0 === until)
      return cut;
    const end = y0 + ((y1 - y0) * (until - x0)) / (x1 - x0);
    return { seed, x: [...cut.x, until], y: [...cut.y, end] };
  });
}
