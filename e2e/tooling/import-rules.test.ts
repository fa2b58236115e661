import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";

/** dependency-cruiser passes when it can read nothing: these tests prove that it sees the modules and the rules bite. */

const offender = "src/engine/math/import-rules-offender.ts";
const component = "src/app/import-rules-offender.tsx";

afterAll(() => {
  for (const file of [offender, component]) rmSync(file, { force: true });
});

function cruise(): {
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
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
  writeFileSync(component, 'export { noise } from "./fixtures/states/noise";\n');
  const { summary } = cruise();
  expect(summary.totalCruised).toBeGreaterThan(30);
  const found = summary.violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`);
  expect(found).toContain(`${offender} → src/engine/kernels/backend.ts: engine-math`);
  expect(found).toContain(`${component} → src/app/fixtures/states/noise.ts: fixtures-stay-out`);
  expect(found).toContain(`${component} → ${component}: every-component-has-a-fixture`);
});
