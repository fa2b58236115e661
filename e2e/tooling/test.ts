import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireChromium } from "./chromium";

/** `npm test`: every check and every test, then one plain line that counts them. Exits 1 when anything failed. */

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const run = (command: string, ...parameters: string[]) =>
  spawnSync(command, parameters, { stdio: "inherit", shell: process.platform === "win32" }).status === 0;

function checks(): Count {
  const commands: readonly (readonly string[])[] = [
    ["tsc", "-b"],
    ["biome", "check", "."],
    ["depcruise", "src", "--config", ".dependency-cruiser.cjs"],
    ["vite", "build", "--logLevel", "warn"],
  ];
  const results = commands.map(([tool = "", ...parameters]) => {
    console.log(`\n— ${tool} ${parameters.join(" ")}`);
    return run("npx", tool, ...parameters);
  });
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}

function unitAndBrowserTests(folder: string): Count {
  const file = join(folder, "vitest.json");
  const passed = run(
    "npx",
    "vitest",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  );
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    // A suite that fails to load counts no test: the exit code still must not be lost.
    const failed = passed ? report.numFailedTests : Math.max(1, report.numFailedTests);
    return { passed: report.numPassedTests, failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

requireChromium();
const folder = mkdtempSync(join(tmpdir(), "retort-tests-"));
const counts = [checks(), unitAndBrowserTests(folder)];
rmSync(folder, { recursive: true });
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
