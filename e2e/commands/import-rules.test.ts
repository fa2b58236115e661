import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";

/** dependency-cruiser passes when it can read nothing: these tests prove that it sees the modules and the rules bite. */

const offender = "src/engine/math/import-rules-offender.ts";

afterAll(() => rmSync(offender, { force: true }));

function cruise(): {
  summary: { totalCruised: number; violations: { from: string; rule: { name: string } }[] };
} {
  const options = ["src", "--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  try {
    return JSON.parse(
      execFileSync("npx", ["depcruise", ...options], { encoding: "utf8", maxBuffer: 2 ** 27 }),
    );
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout);
  }
}

test("the import rules are checked over the real modules, and a breach is found", () => {
  mkdirSync("src/engine/math", { recursive: true });
  writeFileSync(offender, 'export { TrainingBackend } from "../kernels/backend";\n');
  const { summary } = cruise();
  expect(summary.totalCruised).toBeGreaterThan(30);
  expect(summary.violations.map(({ from, rule }) => `${from} ${rule.name}`)).toContain(
    `${offender} engine-math`,
  );
});
