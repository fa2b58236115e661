import type { ReactNode } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { MetricUnit } from "../protocol/metrics";
import type { Drawing } from "./drawing";
import { formatValueTick, formatXTick, xAxisLabels } from "./format";
import { plotInsets } from "./plot-insets";
import { durationTicks, linearTicks, logTicks } from "./scale";
import type { AxisScale, ChartEvent, FloorLine, XAxis as XAxisKind } from "./types";

export interface CurvePlotProps {
  readonly drawing: Drawing;
  readonly xAxis: XAxisKind;
  readonly xScale: AxisScale;
  readonly yScale: AxisScale;
  readonly unit: MetricUnit;
  readonly floors: readonly FloorLine[];
  readonly events: readonly ChartEvent[];
  readonly height: number;
  /** What a screen reader hears of the picture. */
  readonly summary: string;
  /** The values at one place, for the hover card. */
  readonly hover: (x: number) => ReactNode;
}

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
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 480, height }}>
      <ComposedChart
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
          label={{ value: xAxisLabels[xAxis], position: "insideBottom", offset: -12, ...tick }}
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
        {drawing.bands.map(({ key, color, points }) => (
          <Area
            key={key}
            data={points}
            dataKey="band"
            stroke="none"
            fill={color}
            fillOpacity={0.16}
            isAnimationActive={false}
            activeDot={false}
            tooltipType="none"
          />
        ))}
        {floors.map(({ id, label, value, color = "var(--muted, currentColor)" }) => (
          <ReferenceLine
            key={id}
            y={value}
            stroke={color}
            strokeDasharray="5 4"
            label={{ value: label, position: "insideBottomRight", fill: color, fontSize: 11 }}
          />
        ))}
        {events.map(({ id, label, x, color = "var(--muted, currentColor)" }) => (
          <ReferenceLine
            key={id}
            x={x}
            stroke={color}
            strokeDasharray="2 3"
            label={{ value: label, position: "insideTopLeft", fill: color, fontSize: 11 }}
          />
        ))}
        {drawing.lines.map(({ key, color, dash, strong, points }) => (
          <Line
            key={key}
            data={points}
            dataKey="y"
            stroke={color}
            strokeWidth={strong ? 2 : 1}
            strokeOpacity={strong ? 1 : 0.55}
            {...(dash === undefined ? {} : { strokeDasharray: dash })}
            dot={points.length === 1 ? { fill: color } : false}
            activeDot={strong ? { r: 3 } : false}
            isAnimationActive={false}
          />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--muted, currentColor)", strokeDasharray: "3 3" }}
          content={({ active, label }) => (active && label !== undefined ? hover(Number(label)) : null)}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
