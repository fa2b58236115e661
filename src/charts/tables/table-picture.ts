import { lettering, svgMarkup, tag } from "../pictures/markup";
import { textMeasure, withColors } from "../pictures/svg";
import type { Column } from "./sorting";

const [ROW, TOP, EDGE, GAP, SIZE] = [26, 44, 14, 18, 13];
/** Maximum strength of a cell's color, at which its figure is still readable. */
const STRONGEST = 0.45;

/** A table as a self-contained picture, in the page's current colors. `page`: the element that contains it. */
export function tableSvg<Row>(
  title: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  page: Element,
): string {
  const widthOf = textMeasure(getComputedStyle(page), SIZE);
  const cells = rows.map((row) => columns.map((column) => column.text(row)));
  const widths = columns.map(({ label }, at) =>
    Math.max(widthOf(label, true), ...cells.map((row) => widthOf(row[at] ?? ""))),
  );
  const starts = widths.map((_, at) => EDGE + widths.slice(0, at).reduce((sum, one) => sum + one + GAP, 0));
  const all = EDGE + widths.reduce((sum, one) => sum + one + GAP, 0) - GAP;
  const width = Math.ceil(Math.max(all, EDGE + widthOf(title, true)) + EDGE);
  const height = TOP + (rows.length + 1) * ROW + EDGE;
  const line = (texts: readonly string[], row: number, weight: number) =>
    texts.map((text, at) => {
      const start = starts[at] ?? 0;
      const x = at === 0 ? start : start + (widths[at] ?? 0);
      const anchor = at === 0 ? "start" : "end";
      return lettering(text, x, TOP + row * ROW + 17, {
        "text-anchor": anchor,
        "font-weight": weight,
        "font-size": SIZE,
      });
    });
  const rule = (row: number) =>
    tag("line", {
      x1: EDGE,
      x2: width - EDGE,
      y1: TOP + row * ROW,
      y2: TOP + row * ROW,
      stroke: "var(--grid)",
    });
  const heat = rows.flatMap((row, at) =>
    columns.flatMap(({ share }, column) => {
      const part = share?.(row);
      if (part === undefined) return [];
      const box = { x: (starts[column] ?? 0) - GAP / 2, y: TOP + (at + 1) * ROW + 1, height: ROW - 2 };
      const fill = { fill: "var(--accent)", "fill-opacity": STRONGEST * part };
      return [tag("rect", { ...box, ...fill, width: (widths[column] ?? 0) + GAP })];
    }),
  );
  const content = [
    tag("rect", { width, height, fill: "var(--surface)" }),
    lettering(title, EDGE, 24, { "font-weight": 600, "font-size": SIZE }),
    ...heat,
    ...line(
      columns.map(({ label }) => label),
      0,
      600,
    ),
    ...cells.flatMap((row, at) => [rule(at + 1), ...line(row, at + 1, 400)]),
  ];
  return withColors(svgMarkup(title, width, height, content.join("")), page);
}
