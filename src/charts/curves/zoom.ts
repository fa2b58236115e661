import type { Range } from "../scale";
import type { AxisScale } from "../types";
import type { Zoom } from "./drawing";

/** The zoom is stored in the axis' own units, so that it stays in place while the data grows. */

/** 0 at the range's start, 1 at its end. */
export function fractionOf(value: number, [low, high]: Range, scale: AxisScale): number {
  if (high <= low) return 0;
  const along = scale === "log" ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.min(1, Math.max(0, along));
}

export function atFraction(fraction: number, [low, high]: Range, scale: AxisScale): number {
  if (fraction <= 0) return low;
  if (fraction >= 1) return high;
  return scale === "log" ? low * (high / low) ** fraction : low + fraction * (high - low);
}

/** @param chosen fractions of `extent`; an end at the extent's end stays open and follows the data */
export function zoomTo([from, to]: Range, extent: Range, scale: AxisScale): Zoom {
  return {
    ...(from > 0 ? { from: atFraction(from, extent, scale) } : {}),
    ...(to < 1 ? { to: atFraction(to, extent, scale) } : {}),
  };
}

export function zoomFractions(zoom: Zoom, extent: Range, scale: AxisScale): [number, number] {
  const from = zoom.from === undefined ? 0 : fractionOf(zoom.from, extent, scale);
  return [from, zoom.to === undefined ? 1 : fractionOf(zoom.to, extent, scale)];
}
