import { useId } from "react";
import { usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import { markerOf } from "../markers";
import type { Range } from "../scale";
import { type Drawing, type DrawnBand, type DrawnLine, type DrawnPoint, strokeOf } from "./drawing";

type Scale = (value: number) => number | undefined;

/**
 * Lines and bands, one path each. The chart library's own curve components keep every point in their state and iterate
 * over all of them at each update, which is too slow for streaming data.
 */
export function PlottedCurves({ drawing }: { readonly drawing: Drawing }) {
  const clip = useId();
  const area = usePlotArea();
  const across = useXAxisScale();
  const up = useYAxisScale();
  if (!area || !across || !up) return null;
  const x: Scale = (value) => across(value);
  const y: Scale = (value) => up(value);
  return (
    <g>
      <clipPath id={clip}>
        <rect x={area.x} y={area.y} width={area.width} height={area.height} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {drawing.bands.map((band) => (
          <path
            key={band.key}
            className="chart-band"
            d={bandPath(band, x, y)}
            fill={band.color}
            fillOpacity={0.16}
          />
        ))}
        {drawing.lines.map((line) => (
          <PlottedLine key={line.key} line={line} x={x} y={y} />
        ))}
      </g>
      {drawing.lines.filter(isStrong).map((line) => (
        <End key={line.key} line={line} x={x} y={y} shownX={drawing.shownX} />
      ))}
      {drawing.lines.filter(isDot).map((line) => (
        <Dot key={line.key} line={line} x={x} y={y} shownX={drawing.shownX} />
      ))}
    </g>
  );
}

interface Placed {
  readonly line: DrawnLine;
  readonly x: Scale;
  readonly y: Scale;
}

const isDot = ({ points, emphasis }: DrawnLine) => points.length === 1 && emphasis !== "raw";

const isStrong = ({ points, emphasis }: DrawnLine) => points.length > 1 && emphasis === "strong";

/** The arm's marker at the last point in sight. */
function End({ line: { points, color }, x, y, shownX: [, high] }: Placed & { readonly shownX: Range }) {
  const marker = markerOf(color);
  const last = points.at(-1);
  if (!marker || !last || last.x > high) return null;
  return (
    <path
      className="chart-marker"
      d={marker}
      transform={`translate(${at(x(last.x), y(last.y))})`}
      fill={color}
    />
  );
}

/** A line's first point; it may lie on the plot's edge, where it must not be clipped. */
function Dot({ line: { points, color }, x, y, shownX: [low, high] }: Placed & { readonly shownX: Range }) {
  const [only] = points;
  if (!only || only.x < low || only.x > high) return null;
  return <circle className="chart-dot" cx={x(only.x)} cy={y(only.y)} r={3} fill={color} />;
}

function PlottedLine({ line, x, y }: Placed) {
  const { points, color, dash, emphasis } = line;
  if (points.length === 1) return null;
  const { width, opacity } = strokeOf(line);
  return (
    <path
      className={emphasis === "raw" ? "chart-raw" : "chart-line"}
      d={linePath(points, x, y)}
      fill="none"
      stroke={color}
      strokeWidth={width}
      strokeOpacity={opacity}
      strokeLinejoin="round"
      strokeDasharray={dash}
    />
  );
}

/** Rounded to a tenth of a pixel. */
const at = (across: number | undefined, up: number | undefined) =>
  `${Math.round(10 * (across ?? 0)) / 10} ${Math.round(10 * (up ?? 0)) / 10}`;

function linePath(points: readonly DrawnPoint[], x: Scale, y: Scale): string {
  return points.length === 0 ? "" : `M${points.map((point) => at(x(point.x), y(point.y))).join("L")}`;
}

/** Along the upper edge, and back along the lower. */
function bandPath({ points }: DrawnBand, x: Scale, y: Scale): string {
  const upper = points.map((point) => at(x(point.x), y(point.band[1])));
  const lower = points.map((point) => at(x(point.x), y(point.band[0]))).reverse();
  return points.length === 0 ? "" : `M${[...upper, ...lower].join("L")}Z`;
}
