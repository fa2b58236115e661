import { formatSigned } from "../format";
import { csvText } from "../pictures/export";
import { lettering, svgMarkup, tag } from "../pictures/markup";
import type { ResultMetric, ResultRow } from "../types";
import { type Forest, type ForestRow, placeIn } from "./forest";

const [NAMES, STRIP, FIGURES, ROW, TOP, EDGE] = [200, 380, 150, 30, 40, 14];

/** A self-contained picture. */
export function forestSvg({ range, ticks, rows }: Forest, title: string, unit: string): string {
  const x = (points: number) => EDGE + NAMES + STRIP * placeIn(range, points);
  const bottom = TOP + rows.length * ROW;
  const [width, height] = [2 * EDGE + NAMES + STRIP + FIGURES, bottom + 34];
  const grid = ticks.map((tick) =>
    tag("line", { x1: x(tick), x2: x(tick), y1: TOP, y2: bottom, stroke: "var(--grid)" }),
  );
  const names = ticks.map((tick) =>
    lettering(formatSigned(tick), x(tick), bottom + 18, { "text-anchor": "middle", fill: "var(--muted)" }),
  );
  const content = [
    tag("rect", { width, height, fill: "var(--surface)" }),
    lettering(title, EDGE, 22, { "font-weight": 600, "font-size": 13 }),
    ...grid,
    tag("line", {
      x1: x(0),
      x2: x(0),
      y1: TOP,
      y2: bottom,
      stroke: "var(--muted)",
      "stroke-dasharray": "4 3",
    }),
    ...rows.map((row, at) => rowMarkup(row, TOP + (at + 0.5) * ROW, x)),
    ...names,
    lettering(unit, EDGE + NAMES + STRIP + 14, bottom + 18, { fill: "var(--muted)" }),
  ];
  return svgMarkup(title, width, height, content.join(""));
}

function rowMarkup(
  { label, color, seeds, mean, interval, text }: ForestRow,
  y: number,
  x: (points: number) => number,
) {
  const line = interval && { x1: x(interval[0]), x2: x(interval[1]), y1: y, y2: y };
  return [
    lettering(shortened(label), EDGE, y + 4),
    ...(line ? [tag("line", { ...line, stroke: color, "stroke-width": 3, "stroke-opacity": 0.55 })] : []),
    ...seeds.map(({ points }) =>
      tag("circle", {
        cx: x(points),
        cy: y,
        r: 3.5,
        fill: "var(--surface)",
        stroke: color,
        "stroke-width": 1.5,
      }),
    ),
    tag("path", { d: diamond(x(mean), y), fill: color }),
    lettering(text, EDGE + NAMES + STRIP + 14, y + 4),
  ].join("");
}

const diamond = (x: number, y: number) => `M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`;

const LONGEST = 28;
const shortened = (label: string) => (label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label);

/** A line per arm and seed; fractions, not percentage points. */
export function differencesCsv(rows: readonly ResultRow[], baseline: string, metric: ResultMetric): string {
  const lines = rows.flatMap(({ label, difference }) =>
    (difference?.[metric]?.bySeed ?? []).map(({ seed, value }) => [label, baseline, metric, seed, value]),
  );
  return csvText([["arm", "baseline", "metric", "seed", "difference"], ...lines]);
}
