import { type ReactNode, useMemo } from "react";
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { MetricUnit, XAxis as XAxisKind } from "../../protocol/metrics/metrics";
import { formatValueTick, formatXTick, xAxisLabel } from "../format";
import { durationTicks, linearTicks, logTicks } from "../scale";
import type { AxisScale, ChartEvent, FloorLine } from "../types";
import type { Drawing } from "./drawing";
import { drawnEvents } from "./drawn-events";
import { PlottedCurves } from "./PlottedCurves";
import { plotInsets } from "./plot-insets";

export interface CurvePlotProps {
  readonly drawing: Drawing;
  readonly xAxis: XAxisKind;
  readonly xScale: AxisScale;
  readonly yScale: AxisScale;
  readonly unit: MetricUnit;
  readonly floors: readonly FloorLine[];
  readonly events: readonly ChartEvent[];
  readonly height: number;
  /** The picture's description for screen readers. */
  readonly summary: string;
  /** The values at one position, for the hover card. */
  readonly hover: (x: number) => ReactNode;
}

/** Alternating sides, so that labels of nearby lines do not overlap. */
const floorLabels = ["insideBottomRight", "insideTopLeft", "insideTopRight", "insideBottomLeft"] as const;

const tick = { fill: "var(--muted, currentColor)", fontSize: 11 };
const axisLine = { stroke: "var(--grid, #8884)" };

export function CurvePlot(props: CurvePlotProps) {
  const { drawing, xAxis, xScale, yScale, unit, floors, events, height, summary, hover } = props;
  const { shownX, shownY } = drawing;
  const xTicks =
    xScale === "log"
      ? logTicks(shownX, 6)
      : xAxis === "wall"
        ? durationTicks(shownX, 6)
        : linearTicks(shownX, 6);
  const yTicks = yScale === "log" ? logTicks(shownY, 5) : linearTicks(shownY, 5);
  const places = useMemo(() => hoverPlaces(drawing), [drawing]);
  const middle = xScale === "log" ? Math.sqrt(shownX[0] * shownX[1]) : (shownX[0] + shownX[1]) / 2;
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 480, height }}>
      <ComposedChart
        data={places}
        // Charts with the same axis share the hover position.
        syncId={`${xAxis} ${xScale}`}
        syncMethod={nearestPlace}
        aria-label={summary}
        margin={{ top: plotInsets.top, right: plotInsets.right, bottom: 16, left: 0 }}
      >
        <CartesianGrid stroke="var(--grid, #8884)" vertical={false} />
        <XAxis
          type="number"
          dataKey="x"
          domain={[...shownX]}
          scale={xScale}
          ticks={xTicks}
          tickFormatter={(value: number) => formatXTick(xAxis, value)}
          allowDataOverflow
          height={plotInsets.bottom - 16}
          tick={tick}
          tickLine={axisLine}
          axisLine={axisLine}
          label={{ value: xAxisLabel(xAxis), position: "insideBottom", offset: -12, ...tick }}
        />
        <YAxis
          type="number"
          domain={[...shownY]}
          scale={yScale}
          ticks={yTicks}
          tickFormatter={(value: number) => formatValueTick(unit, value)}
          allowDataOverflow
          width={plotInsets.left}
          tick={tick}
          tickLine={false}
          axisLine={false}
        />
        {floors.map(({ id, label, value, color = "var(--muted, currentColor)" }, at) => (
          <ReferenceLine
            key={id}
            y={value}
            stroke={color}
            strokeDasharray="5 4"
            label={{
              value: label,
              position: floorLabels[at % floorLabels.length] ?? "insideBottomRight",
              fill: color,
              fontSize: 11,
            }}
          />
        ))}
        {drawnEvents(events, shownX).map(
          ({ event: { id, x, color = "var(--muted, currentColor)" }, label }) => (
            <ReferenceLine
              key={id}
              x={x}
              stroke={color}
              strokeDasharray="2 3"
              label={
                !!label && {
                  value: label.text,
                  // Towards the middle: at the edge it would be cut off.
                  position: x > middle ? "insideTopRight" : "insideTopLeft",
                  dy: 13 * label.row,
                  fill: color,
                  fontSize: 11,
                }
              }
            />
          ),
        )}
        <Line dataKey="y" shape={unseen} dot={false} activeDot={false} isAnimationActive={false} />
        <PlottedCurves drawing={drawing} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--muted, currentColor)", strokeDasharray: "3 3" }}
          content={({ active, label }) => (active && label !== undefined ? hover(Number(label)) : null)}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** Measuring a path's length at every update would force the browser to lay out the page. */
const unseen = () => <g />;

/** Index of the position nearest to the one hovered on another chart. */
function nearestPlace(
  places: readonly { readonly value?: unknown }[],
  { activeLabel }: { readonly activeLabel?: unknown },
): number {
  const asked = Number(activeLabel);
  const distances = places.map(({ value }) => Math.abs(Number(value) - asked));
  return distances.indexOf(Math.min(...distances));
}

const HOVER_PLACES = 200;

/** Positions where the pointer can rest: x-values of drawn points, on an invisible line at the bottom. */
function hoverPlaces({ lines, shownX: [low, high], shownY: [bottom] }: Drawing): { x: number; y: number }[] {
  const all = new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)));
  const within = [...all].filter((x) => x >= low && x <= high).sort((a, b) => a - b);
  const step = Math.max(1, (within.length - 1) / (HOVER_PLACES - 1));
  const count = Math.min(within.length, HOVER_PLACES);
  const places = Array.from({ length: count }, (_, i) => {
    return { x: within[Math.round(i * step)] ?? low, y: bottom };
  });
  // A single one would be drawn as a dot.
  return places.length === 1 ? [...places, ...places] : places;
}
