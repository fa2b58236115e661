import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { check } from "./check";
import { installMissingChromium, requireChromium } from "./chromium";
import { type Count, run, sumOf } from "./count";

/**
 * `npm test`: runs every check and test, prints the duration of each part, then one line with the counts. Exits 1 if
 * anything failed. `npm run test:long` runs the long suite instead (test-size.ts).
 */

const { long } = parseArgs({ options: { long: { type: "boolean", default: false } } }).values;
if (long) process.env["VITE_LONG_TESTS"] = "1";

/** A suite that fails to load counts no tests, so the exit code must be kept. */
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

/** Tests of the built page in a real browser. */
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

/** The walks need the built page; `npm test` does all other checks. */
function build(): Count {
  return run("npx", "vite", "build", "--logLevel", "warn")
    ? { passed: 1, failed: 0 }
    : { passed: 0, failed: 1 };
}

function everything(): Count {
  const folder = mkdtempSync(join(tmpdir(), "retort-tests-"));
  const parts: readonly (readonly [string, () => Count])[] = [
    long ? ["build", build] : ["checks and build", check],
    ["unit and engine tests", () => unitAndBrowserTests(folder)],
    ["walks through the page", () => pageTests(folder)],
  ];
  const times: string[] = [];
  try {
    return sumOf(
      parts.map(([name, take]) => {
        const from = performance.now();
        const count = take();
        times.push(`${name} ${Math.round((performance.now() - from) / 1_000)} s`);
        return count;
      }),
    );
  } finally {
    console.log(`\n${times.join(", ")}`);
    rmSync(folder, { recursive: true });
  }
}

/** Checked first, so that a missing browser is reported at once and not after the checks. */
function hasBrowser(): boolean {
  try {
    installMissingChromium();
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
