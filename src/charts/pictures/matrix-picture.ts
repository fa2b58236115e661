import type { Color, UnitInterval } from "../types";
import { csvText } from "./export";
import { element, resolved, SVG, surfaceBehind, svgText, textMeasure } from "./svg";

export interface MatrixCell {
  readonly text: string;
  /** The value in the CSV file. */
  readonly value: number;
  readonly color: Color;
  /** Strength of the cell's color. */
  readonly share: UnitInterval;
}

/** Figures indexed by two names, such as classes by classes. */
export interface Matrix {
  readonly title: string;
  /** Titles of rows and columns. */
  readonly corner: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** [rows][columns] */
  readonly cells: readonly (readonly MatrixCell[])[];
}

const WIDTH = 46;
const HEIGHT = 30;
const EDGE = 12;
const TITLE = 52;
/** Maximum strength of a cell's color, at which its figure is still readable. */
const STRONGEST = 0.45;

/** A self-contained picture, in the page's current colors. `page`: the element that contains the matrix. */
export function matrixSvg({ title, corner, rows, columns, cells }: Matrix, page: Element): string {
  const style = getComputedStyle(page);
  const measure = textMeasure(style);
  const lengthOf = (text: string) => measure(text);
  const left = EDGE + 10 + Math.max(...rows.map(lengthOf));
  const top = TITLE + 10 + Math.max(...columns.map(lengthOf));
  const width =
    Math.max(left + columns.length * WIDTH, EDGE + lengthOf(title), EDGE + lengthOf(corner)) + EDGE;
  const height = top + rows.length * HEIGHT + EDGE;
  const svg = element("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  const [raised, known] = [resolved("var(--raised)", page), new Map<Color, string>()];
  const fillOf = (color: Color) => {
    const found = known.get(color) ?? resolved(color, page);
    known.set(color, found);
    return found;
  };
  svg.append(
    element("title", {}, title),
    element("rect", { width, height, fill: surfaceBehind(page) }),
    svgText(title, EDGE, 20, style, "600"),
    svgText(corner, EDGE, 40, style, "400"),
    ...columns.map((name, column) => {
      const [x, y] = [left + (column + 0.5) * WIDTH + 4, top - 6];
      const label = svgText(name, x, y, style, "400");
      label.setAttribute("transform", `rotate(-90 ${x} ${y})`);
      return label;
    }),
    ...rows.map((name, row) => svgText(name, EDGE, top + (row + 0.5) * HEIGHT + 4, style, "400")),
    ...cells.flatMap((line, row) =>
      line.flatMap(({ text, color, share }, column) => {
        const [x, y] = [left + column * WIDTH, top + row * HEIGHT];
        const box = { x: x + 1, y: y + 1, width: WIDTH - 2, height: HEIGHT - 2, rx: 3 };
        const figure = svgText(text, x + WIDTH / 2, y + HEIGHT / 2 + 4, style, "400");
        figure.setAttribute("text-anchor", "middle");
        return [
          element("rect", { ...box, fill: raised }),
          element("rect", { ...box, fill: fillOf(color), "fill-opacity": STRONGEST * share }),
          ...(text === "" ? [] : [figure]),
        ];
      }),
    ),
  );
  return new XMLSerializer().serializeToString(svg);
}

export function matrixCsv({ corner, rows, columns, cells }: Matrix): string {
  return csvText([
    [corner, ...columns],
    ...rows.map((name, row) => [name, ...(cells[row] ?? []).map(({ value }) => value)]),
  ]);
}
