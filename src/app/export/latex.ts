import type { ResultRow, SeedSummary } from "../../charts/types";

/** The results as a LaTeX table in booktabs' style. */

const special: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** Any text as LaTeX prints it. */
export const latexText = (text: string): string =>
  text.replace(/[\\~^&%$#_{}]/g, (character) => special[character] ?? `\\${character}`);

function percent(summary: SeedSummary | undefined): string {
  if (!summary || summary.n === 0) return "--";
  const centre = (100 * summary.mean).toFixed(1);
  return Number.isFinite(summary.deviation)
    ? `$${centre} \\pm ${(100 * summary.deviation).toFixed(1)}$`
    : `$${centre}$`;
}

function points(summary: SeedSummary | undefined): string {
  if (!summary || summary.n === 0) return "--";
  const sign = summary.mean >= 0 ? "+" : "";
  const spread = Number.isFinite(summary.deviation) ? ` \\pm ${(100 * summary.deviation).toFixed(1)}` : "";
  return `$${sign}${(100 * summary.mean).toFixed(1)}${spread}$`;
}

export function resultsLatex(rows: readonly ResultRow[], baselineId: string | undefined): string {
  const baseline = rows.find(({ id }) => id === baselineId)?.label ?? "";
  const lines = rows.map(({ id, label, finishedSeeds, plannedSeeds, accuracy, difference, trainingMacs }) =>
    [
      latexText(label),
      `${finishedSeeds}/${plannedSeeds}`,
      percent(accuracy.finalKnn),
      percent(accuracy.finalLinear),
      id === baselineId ? "baseline" : points(difference?.finalKnn),
      trainingMacs === undefined ? "--" : `$${(trainingMacs / 1e12).toPrecision(3)}$`,
    ].join(" & "),
  );
  return [
    "% Needs \\usepackage{booktabs}.",
    "\\begin{table}",
    "  \\centering",
    `  \\caption{Held-out accuracy in per cent, mean $\\pm$ sample standard deviation over seeds; $\\Delta$ in percentage points against ${latexText(baseline)}, seed by seed.}`,
    "  \\begin{tabular}{lrrrrr}",
    "    \\toprule",
    "    Arm & Seeds & kNN & Linear & $\\Delta$ kNN & TMAC \\\\",
    "    \\midrule",
    ...lines.map((line) => `    ${line} \\\\`),
    "    \\bottomrule",
    "  \\end{tabular}",
    "\\end{table}",
    "",
  ].join("\n");
}
