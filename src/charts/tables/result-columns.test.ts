import { expect, test } from "vitest";
import { resultRow, summary } from "../charts.testing";
import { shownMetrics } from "../differences/shown-metrics";
import { resultColumns, resultsGrid } from "./result-columns";
import { nextSorting, sortRows } from "./sorting";
import { gridCsv, gridJson, gridOf, tableLatex } from "./table-files";

const rows = [
  resultRow("b", { accuracy: { finalKnn: summary(0.5, 0.01) }, trainingMacs: 3e12 }),
  resultRow("a", { trainingMacs: 1e12 }),
  resultRow("c", {
    accuracy: { finalKnn: summary(0.6, 0.02) },
    difference: { finalKnn: summary(0.1, 0.03) },
    wallMs: summary(61_000, 10, 3),
  }),
];
const columns = resultColumns("finalKnn", "b");
const order = (column: string, descending: boolean) =>
  sortRows(rows, columns, { column, descending }).map(({ id }) => id);
const textOf = (column: string, row: number) => {
  const subject = rows[row];
  return subject && columns.find(({ id }) => id === column)?.text(subject);
};

test("rows sort both ways, and those without the value stay last", () => {
  expect(order("arm", false)).toEqual(["a", "b", "c"]);
  expect(order("arm", true)).toEqual(["c", "b", "a"]);
  expect(order("finalKnn", true)).toEqual(["c", "b", "a"]);
  expect(order("finalKnn", false)).toEqual(["b", "c", "a"]);
  expect(order("trainingMacs", false)).toEqual(["a", "b", "c"]);
  expect(order("bestLinear", true)).toEqual(["b", "a", "c"]);
  expect(sortRows(rows, columns, undefined)).toEqual(rows);
});

test("a column first sorts descending, names ascending, and pressing again reverses the order", () => {
  const first = nextSorting(undefined, columns, "finalKnn");
  expect(first.descending).toBe(true);
  expect(nextSorting(first, columns, "finalKnn").descending).toBe(false);
  expect(nextSorting(first, columns, "arm")).toEqual({ column: "arm", descending: false });
});

test("a figure states its number of seeds where that is not all, and a missing one is a dash", () => {
  expect(textOf("finalKnn", 0)).toBe("50.0 ± 1.0 %");
  const partly = resultRow("d", { accuracy: { finalKnn: summary(0.5, 0.01, 2) } });
  expect(columns.find(({ id }) => id === "finalKnn")?.text(partly)).toBe("50.0 ± 1.0 % (n = 2)");
  expect(textOf("finalKnn", 1)).toBe("–");
  expect(textOf("difference", 0)).toBe("baseline");
  expect(textOf("difference", 1)).toBe("–");
  expect(textOf("difference", 2)).toBe("+10.0 ± 3.0 pp");
  expect(textOf("wallMs", 2)).toBe("1 min 1 s");
});

test("every line of the file has as many fields as its header, and full numbers", () => {
  const [head = [], ...lines] = gridCsv(resultsGrid(rows, "b"))
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toHaveLength(head.length);
  const cell = (name: string, line: number) => lines[line]?.[head.indexOf(name)];
  expect(cell("finalKnn_mean", 2)).toBe("0.6");
  expect(cell("finalKnn_difference_sd", 2)).toBe("0.03");
  // n = 3: t = 4.3027.
  expect(Number(cell("finalKnn_difference_low95", 2))).toBeCloseTo(0.1 - (4.3027 * 0.03) / Math.sqrt(3));
  expect(cell("finalKnn_mean", 1)).toBe("");
  expect(cell("baseline", 2)).toBe("Arm b");
});

test("any table of figures is saved in full, under its columns' ids", () => {
  expect(
    gridCsv(gridOf(columns.slice(0, 3), rows))
      .split("\r\n")
      .slice(0, 3),
  ).toEqual(["arm,seeds,finalKnn", "Arm b,0,0.5", "Arm a,0,"]);
});

test("in records, missing values are null; in LaTeX, a table reads as on the page", () => {
  expect(JSON.parse(gridJson(gridOf(columns.slice(0, 3), rows)))[1]).toEqual({
    arm: "Arm a",
    seeds: 0,
    finalKnn: null,
  });
  expect(tableLatex("50 % & more", columns.slice(0, 3), rows)).toBe(
    [
      "% Needs \\usepackage{booktabs,graphicx}.",
      "\\begin{table}",
      "  \\centering",
      "  \\footnotesize",
      "  \\caption{50 \\% \\& more}",
      "  \\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%",
      "  \\begin{tabular}{lrr}",
      "    \\toprule",
      "    Arm & Seeds & kNN, final \\\\",
      "    \\midrule",
      "    Arm b & 0 / 3 & 50.0 $\\pm$ 1.0 \\% \\\\",
      "    Arm a & 0 / 3 & -- \\\\",
      "    Arm c & 0 / 3 & 60.0 $\\pm$ 2.0 \\% \\\\",
      "    \\bottomrule",
      "  \\end{tabular}}",
      "\\end{table}",
      "",
    ].join("\n"),
  );
});

test("balanced accuracies have columns where they differ from the plain ones, and are always in files", () => {
  const rowOf = (balanced: number) =>
    resultRow("u", { accuracy: { finalKnn: summary(0.97, 0.01), balancedKnn: summary(balanced, 0.01) } });
  expect(shownMetrics([rowOf(0.97)])).toEqual(["finalKnn", "bestKnn", "finalLinear", "bestLinear"]);
  const unequal = [rowOf(0.97), rowOf(0.5)];
  const shown = resultColumns("finalKnn", "u", shownMetrics(unequal)).map(({ id }) => id);
  expect(shown.slice(2, 5)).toEqual(["finalKnn", "balancedKnn", "bestKnn"]);
  expect(gridCsv(resultsGrid([rowOf(0.97)], "u"))).toContain("balancedKnn_mean");
});
