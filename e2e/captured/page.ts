/** Writes docs/captured.md from the report of the test run of `npm run captured`. */

/** The part of Vitest's JSON report that is needed. */
export interface CapturedReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly meta: { readonly captured?: { readonly steps: number; readonly difference: number } };
    }[];
  }[];
}

interface CapturedRow {
  readonly name: string;
  readonly held: boolean;
  /** Absent if the run failed before. */
  readonly steps?: number;
  /** The largest difference of any term at any step, relative to the term. */
  readonly difference?: number;
}

export function capturedRows({ testResults }: CapturedReport): readonly CapturedRow[] {
  // The files have other tests as well, which compare no method with its eager steps.
  const comparisons = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ title }) => /: [^:]*\beager\b/.test(title)),
  );
  return comparisons.map(({ title, status, meta }) => ({
    name: title.replace(/: [^:]*$/, ""),
    held: status === "passed",
    ...meta.captured,
  }));
}

/** The kinds of steps that have rows of these names; both if there are no names. A file without a test would fail. */
export function comparedBy(names: readonly string[]): readonly ("captured" | "compiled")[] {
  const compiled = names.filter((name) => name.endsWith(" on WASM"));
  if (names.length === 0) return ["captured", "compiled"];
  return [
    ...(compiled.length < names.length ? (["captured"] as const) : []),
    ...(compiled.length > 0 ? (["compiled"] as const) : []),
  ];
}

/** Merges measurements: known rows are replaced, new ones are added at the end. */
export function withNewRows(
  before: readonly CapturedRow[],
  measured: readonly CapturedRow[],
): readonly CapturedRow[] {
  const known = new Set(before.map(({ name }) => name));
  const again = (row: CapturedRow) => measured.find(({ name }) => name === row.name) ?? row;
  return [...before.map(again), ...measured.filter(({ name }) => !known.has(name))];
}

/** Reads the rows of an existing page. */
export function rowsOfPage(text: string): readonly CapturedRow[] {
  const lines = text.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---"));
  return lines.slice(1).map((line) => {
    const [name = "", steps = "–", apart = "–", held] = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    return {
      name,
      held: held === "yes",
      ...(steps !== "–" && { steps: Number(steps) }),
      ...(apart !== "–" && { difference: apart === "none" ? 0 : Number(apart) }),
    };
  });
}

const difference = (value: number | undefined) =>
  value === undefined ? "–" : value === 0 ? "none" : value.toExponential(1);

export function capturedPage(rows: readonly CapturedRow[]): string {
  const lines = rows.map(
    (row) =>
      `| ${row.name} | ${row.steps ?? "–"} | ${difference(row.difference)} | ${row.held ? "yes" : "no"} |`,
  );
  return `# Recorded steps compared with eager steps

Written by \`npm run captured\`, on Chromium's software GPU. Every method of the catalog, and every setting that changes its
steps, trains twice from the same weights: once with every step encoded from scratch, and once recorded and replayed, with a
pause and an evaluation after a third of the steps, one step timed kernel by kernel, and a new recording after two thirds. The
difference is the largest of any reported loss term at any step, relative to that term; up to 1e-5 passes. A dash means that the
steps did not finish within the time limit. \`npm test\` takes fewer steps of every method.

Rows "on WASM" compare steps that are compiled to WebAssembly with eager ones. These kernels add in another order, and rounding
grows as training goes on, so each eager step starts from the numbers of the compiled training. Up to 1e-4 of a term passes
(absolute below 0.05), and up to 0.02 where activations are signs.

| scheme | steps | largest difference | pass |
| --- | --- | --- | --- |
${lines.join("\n")}
`;
}
