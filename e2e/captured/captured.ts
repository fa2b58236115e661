import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireChromium } from "../commands/chromium";
import { type CapturedReport, capturedPage, capturedRows, rowsOfPage, withNewRows } from "./page";

/**
 * `npm run captured`: recorded against eager steps of every method, 50 of each; writes docs/captured.md. `npm run captured
 * -- byol Shampoo` takes these again and leaves the others as they were measured last.
 */

const project = join(import.meta.dirname, "../..");
const subject = "src/engine/training/captured-steps.browser.test.ts";
const page = join(project, "docs/captured.md");

requireChromium();
const names = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "retort-captured-"));
const output = join(folder, "report.json");
const { status } = spawnSync(
  "npx",
  [
    ...["vitest", "run", "--project", "browser", "--reporter=default", "--reporter=json"],
    ...[`--outputFile.json=${output}`, subject],
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
console.log(`${measured.length} kinds of step were taken; ${rows.length} are in docs/captured.md.`);
process.exitCode = status ?? 1;
