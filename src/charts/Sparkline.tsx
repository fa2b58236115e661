import { memo } from "react";
import { curveOf } from "./series/curve";
import { decimate } from "./series/decimate";
import type { SparklineProps } from "./types";

const INSET = 2;

/** A word-sized curve without axes. */
export const Sparkline = memo(function Sparkline(props: SparklineProps) {
  const { x, y, color, label, width = 96, height = 24 } = props;
  return (
    <svg className="chart-sparkline" role="img" aria-label={label} width={width} height={height}>
      <path
        d={sparkPath(x, y, width, height)}
        fill="none"
        stroke={color}
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
});

/**
 * An SVG path through the curve, filling the box horizontally and vertically; a constant curve runs through the middle.
 * Empty without points.
 */
export function sparkPath(x: ArrayLike<number>, y: ArrayLike<number>, width: number, height: number): string {
  const curve = curveOf(x, y);
  const kept = decimate(curve.x, curve.y, Math.max(2, Math.floor(width)));
  const [xs, ys] = [kept.map((i) => curve.x[i] as number), kept.map((i) => curve.y[i] as number)];
  const across = placing(xs, INSET, width - INSET);
  const up = placing(ys, height - INSET, INSET);
  const points = kept.map((_, i) => `${across(xs[i] as number)} ${up(ys[i] as number)}`);
  // A path of one point is drawn as the round cap of a zero-length line.
  if (points.length === 1) return `M${points[0]} l0.01 0`;
  return points.length === 0 ? "" : `M${points.join(" L")}`;
}

/** Maps the values' range to [start, end] in pixels, rounded to hundredths. */
function placing(values: readonly number[], start: number, end: number): (value: number) => number {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const range = greatest - least;
  return (value) => {
    const along = range > 0 ? (value - least) / range : 0.5;
    return Math.round(100 * (start + along * (end - start))) / 100;
  };
}
