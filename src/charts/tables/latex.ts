/** Tables for LaTeX in booktabs' style, for pdfLaTeX with no other package. */

const special: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "−": "$-$",
  "±": "$\\pm$",
  "×": "$\\times$",
  "·": "$\\cdot$",
  "→": "$\\to$",
  "≤": "$\\leq$",
  "≥": "$\\geq$",
  "∞": "$\\infty$",
  "′": "$'$",
  "–": "--",
  "—": "---",
  "…": "\\dots{}",
  "„": "\\quotedblbase{}",
  "“": "\\textquotedblleft{}",
  "”": "\\textquotedblright{}",
  "’": "'",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  "\u00a0": "~",
  "\u202f": "\\,",
};

const greek: Readonly<Record<string, string>> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  Δ: "Delta",
  δ: "delta",
  ε: "varepsilon",
  η: "eta",
  λ: "lambda",
  μ: "mu",
  σ: "sigma",
  τ: "tau",
};

/** Any text as LaTeX source. Letters missing from the font are left to LaTeX's own error. */
export const latexText = (text: string): string =>
  text
    .normalize("NFC")
    .replace(
      /(\p{L})\u0302|[\\~^&%$#_{}<>|−±×·→≤≥∞′–—…„“”’\u00a0\u202f]|[①-⑳]|[αβγΔδεηλμστ]/gu,
      (found, hatted) => {
        if (hatted !== undefined) return `$\\hat{${hatted}}$`;
        const number = (found.codePointAt(0) ?? 0) - 0x245f;
        if (number >= 1 && number <= 20) return `(${number})`;
        const letter = greek[found];
        return letter ? `$\\${letter}$` : (special[found] ?? `\\${found}`);
      },
    )
    // A letter with a circumflex is ordinary text, except in the names of momentum copies.
    .replace(/Ŝ/g, "$\\hat{S}$")
    .replace(/ŝ/g, "$\\hat{s}$");

/** The preamble lines that the tables need. */
export const LATEX_HEAD = "% Needs \\usepackage{booktabs,graphicx}.\n";

/** @param head and rows: formatted text; the first column names the rows */
export function latexTable(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `    ${cells.map(latexText).join(" & ")} \\\\`;
  return [
    "\\begin{table}",
    "  \\centering",
    "  \\footnotesize",
    `  \\caption{${latexText(caption)}}`,
    // Tables wider than the text are scaled down.
    "  \\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%",
    `  \\begin{tabular}{l${"r".repeat(Math.max(0, head.length - 1))}}`,
    "    \\toprule",
    line(head),
    "    \\midrule",
    ...rows.map(line),
    "    \\bottomrule",
    "  \\end{tabular}}",
    "\\end{table}",
    "",
  ].join("\n");
}
