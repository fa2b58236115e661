import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireChromium } from "../tooling/chromium";
import { type CapturedReport, capturedPage, capturedRows } from "./page";

/** `npm run captured`: recorded against eager steps of every method, 50 of each; writes docs/captured.md. */

const project = join(import.meta.dirname, "../..");
const subject = "src/engine/training/captured-steps.browser.test.ts";

requireChromium();
const folder = mkdtempSync(join(tmpdir(), "retort-captured-"));
const output = join(folder, "report.json");
const { status } = spawnSync(
  "npx",
  [
    "vitest",
    "run",
    "--project",
    "browser",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${output}`,
    subject,
  ],
  { cwd: project, stdio: "inherit", env: { ...process.env, VITE_CAPTURED_STEPS: "50" } },
);
const rows = capturedRows(JSON.parse(readFileSync(output, "utf8")) as CapturedReport);
rmSync(folder, { recursive: true });
writeFileSync(join(project, "docs/captured.md"), capturedPage(rows));
console.log(`${rows.length} kinds of step are in docs/captured.md.`);
process.exitCode = status ?? 1;
