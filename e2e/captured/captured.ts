import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireChromium } from "../commands/chromium";
import { type CapturedReport, capturedPage, capturedRows, comparedBy, rowsOfPage, withNewRows } from "./page";

/**
 * `npm run captured` compares 50 recorded steps of every method, and 50 compiled ones, with eager ones and writes
 * docs/captured.md. `npm run captured -- byol "byol on WASM"` repeats only these rows and keeps the others.
 */

const project = join(import.meta.dirname, "../..");
const page = join(project, "docs/captured.md");

requireChromium();
const names = process.argv.slice(2);
const subjects = comparedBy(names).map((how) => `src/engine/training/laws/${how}-steps.browser.test.ts`);
const folder = mkdtempSync(join(tmpdir(), "retort-captured-"));
const output = join(folder, "report.json");
const { status } = spawnSync(
  "npx",
  [
    ...["vitest", "run", "--project", "browser*", "--reporter=default", "--reporter=json"],
    // The other tests of these files compare nothing with eager steps.
    ...["--testNamePattern", "eager"],
    ...[`--outputFile.json=${output}`, ...subjects],
  ],
  {
    cwd: project,
    stdio: "inherit",
    env: { ...process.env, VITE_CAPTURED_STEPS: "50", VITE_CAPTURED_NAMES: names.join("|") },
  },
);
const measured = capturedRows(JSON.parse(readFileSync(output, "utf8")) as CapturedReport);
rmSync(folder, { recursive: true });
const before = names.length > 0 && existsSync(page) ? rowsOfPage(readFileSync(page, "utf8")) : [];
const rows = withNewRows(before, measured);
writeFileSync(page, capturedPage(rows));
console.log(`Measured ${measured.length} kinds of steps; docs/captured.md has ${rows.length}.`);
const unknown = names.filter((name) => !measured.some((row) => row.name === name));
if (unknown.length > 0) {
  const known = rows.map(({ name }) => name).join(", ");
  console.error(`No steps are called ${unknown.join(", ")}. There are ${known}.`);
}
process.exitCode = unknown.length > 0 ? 1 : (status ?? 1);
