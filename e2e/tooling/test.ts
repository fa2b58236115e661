import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "./check";
import { requireChromium } from "./chromium";
import { type Count, run, sumOf } from "./count";

/** `npm test`: every check and every test, then one plain line that counts them. Exits 1 when anything failed. */

/** A suite that fails to load counts no test: the exit code still must not be lost. */
const counted = (ended: boolean, passed: number, failed: number): Count => ({
  passed,
  failed: ended ? failed : Math.max(1, failed),
});

function unitAndBrowserTests(folder: string): Count {
  const file = join(folder, "vitest.json");
  const ended = run(
    "npx",
    ...["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
  );
  if (!existsSync(file)) return counted(false, 0, 0);
  const report = JSON.parse(readFileSync(file, "utf8")) as { numPassedTests: number; numFailedTests: number };
  return counted(ended, report.numPassedTests, report.numFailedTests);
}

/** Of the built page, in a real browser. */
function pageTests(folder: string): Count {
  const file = join(folder, "playwright.json");
  process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] = file;
  const ended = run(
    "npx",
    "playwright",
    "test",
    "--config",
    "e2e/playwright.config.ts",
    "--reporter=list,json",
  );
  if (!existsSync(file)) return counted(false, 0, 0);
  const { stats } = JSON.parse(readFileSync(file, "utf8")) as {
    stats: { expected: number; unexpected: number; flaky: number };
  };
  return counted(ended, stats.expected, stats.unexpected + stats.flaky);
}

function everything(): Count {
  const folder = mkdtempSync(join(tmpdir(), "retort-tests-"));
  try {
    return sumOf([check(), unitAndBrowserTests(folder), pageTests(folder)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Asked for first: better to hear at once that there is no browser than after the checks. */
function hasBrowser(): boolean {
  try {
    requireChromium();
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

const { passed, failed } = hasBrowser() ? everything() : { passed: 0, failed: 1 };
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
