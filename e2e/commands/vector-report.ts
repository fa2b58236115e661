import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Reads from the report of a test run which golden vectors were checked, and on which backends. */

const vectorsPaths = ["golden-vectors.json", "numpy-vectors.json"].map((name) =>
  join(import.meta.dirname, "../../src/engine/math", name),
);

/** Ids of the golden vectors. */
export function vectorIds(): readonly string[] {
  return vectorsPaths.flatMap((path) => {
    const { vectors } = JSON.parse(readFileSync(path, "utf8")) as { vectors: { id: string }[] };
    return vectors.map(({ id }) => id);
  });
}

const project = join(import.meta.dirname, "../..");

/** Test files under src that name at least one id, with those ids. Paths are from the project's root. */
export function testFilesNaming(ids: readonly string[]): { readonly file: string; readonly ids: string[] }[] {
  const entries = readdirSync(join(project, "src"), { recursive: true, encoding: "utf8" });
  return entries
    .filter((entry) => entry.endsWith(".test.ts"))
    .map((entry) => join("src", entry))
    .map((file) => {
      const text = readFileSync(join(project, file), "utf8");
      return { file, ids: ids.filter((id) => idPattern(id).test(text)) };
    })
    .filter((found) => found.ids.length > 0);
}

/** The used part of vitest's JSON report. */
export interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

export interface VectorRow {
  readonly id: string;
  /** Where it was checked ("webgpu", "compiled" to WebAssembly, "cpu", or "numbers" without tensors), and whether it passed. */
  readonly checks: readonly { readonly on: string; readonly held: boolean; readonly file: string }[];
}

/** Matches an id unless it begins a longer one: lars.simdis does not match lars.simdis_excluded. */
export const idPattern = (id: string) => new RegExp(`(^|[^\\w.])${id.replace(".", "\\.")}(?![\\w.])`);

export function vectorRows(ids: readonly string[], report: TestReport): VectorRow[] {
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "passed" || status === "failed")
      .map(({ fullName, status }) => ({ file: basename(name), fullName, held: status === "passed" })),
  );
  return ids.map((id) => ({
    id,
    checks: tests
      .filter(({ fullName }) => idPattern(id).test(fullName))
      .map(({ file, fullName, held }) => ({
        on: /\bon (webgpu|webgl|compiled|cpu)\b/.exec(fullName)?.[1] ?? "numbers",
        held,
        file,
      })),
  }));
}

const isHeld = ({ checks }: VectorRow) => checks.length > 0 && checks.every(({ held }) => held);

/** Returns a line per vector and a total. */
export function vectorTable(rows: readonly VectorRow[]): { readonly text: string; readonly held: boolean } {
  const lines = rows.map((row) => {
    const places = [...new Set(row.checks.map(({ on, held }) => `${on}${held ? "" : " FAILED"}`))];
    return `${isHeld(row) ? "holds " : "FAILS "} ${row.id.padEnd(24)} ${places.join(", ") || "not checked"}`;
  });
  const count = rows.filter(isHeld).length;
  const total = `${count} of ${rows.length} golden vectors hold`;
  return { text: [...lines, total].join("\n"), held: count === rows.length };
}
