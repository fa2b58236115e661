import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const project = join(import.meta.dirname, "../..");
const specification = join(project, "../shared/METHODS.md");

const cellsOf = (line: string) =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Rows of the first table after a line that begins so. */
function tableAfter(text: string, heading: string): string[][] {
  const lines = text.slice(text.indexOf(heading)).split("\n");
  const first = lines.findIndex((line) => line.startsWith("|"));
  const rows = lines.slice(first);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  return rows.slice(2, end < 0 ? undefined : end).map(cellsOf);
}

const page = tableAfter(readFileSync(join(project, "docs/systems.md"), "utf8"), "# What");

test("every test and study that docs/systems.md names is there", () => {
  expect(page.length).toBeGreaterThan(40);
  for (const [system, file = "", title = ""] of page) {
    if (file === "–") expect(title, system).toBe("not built");
    else expect(readFileSync(join(project, file), "utf8"), `${system}: ${title}`).toContain(title);
  }
});

const isThere = existsSync(specification);
const name = isThere ? "the specification" : "the specification (skipped: no ../shared/METHODS.md)";

describe.skipIf(!isThere)(name, () => {
  test("docs/systems.md has every row of its table of systems", () => {
    const rows = tableAfter(readFileSync(specification, "utf8"), "## 9. Systems in the seeds");
    const named = new Set(page.map(([system]) => system));
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.map(([system]) => system).filter((system) => !named.has(system))).toEqual([]);
  });
});
