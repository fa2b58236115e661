import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";

/** dependency-cruiser passes if it finds no modules: these tests prove that it finds them and that the rules work. */

/** A forbidden upward import from each folder of the engine that has others above it: the rule and the import. */
const breaches = {
  math: "backend/backend",
  backend: "math/random",
  operations: "optimizers/optimizer",
  optimizers: "networks/parameters",
  networks: "methods/byol",
  methods: "backend/backend",
  dataset: "backend/backend",
  views: "networks/parameters",
  evaluation: "training/stages/stage",
  training: "device/start",
  interchange: "backend/backend",
  durability: "methods/byol",
  device: "training/stages/stage",
} as const;

const offenderIn = (room: string) => `src/engine/${room}/import-rules-offender.ts`;
const rooms = Object.keys(breaches);
const component = "src/app/import-rules-offender.tsx";

afterAll(() => {
  for (const file of [component, ...rooms.map(offenderIn)]) rmSync(file, { force: true });
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

test("the import rules are checked on the real modules, and a breach of each folder's rule is found", () => {
  for (const [room, above] of Object.entries(breaches)) {
    writeFileSync(offenderIn(room), `export * from "../${above}";\n`);
  }
  writeFileSync(component, 'export { noise } from "./fixtures/states/noise";\n');
  const { summary } = cruise();
  expect(summary.totalCruised).toBeGreaterThan(30);
  const found = summary.violations.map(({ from, rule }) => `${from} ${rule.name}`);
  for (const room of rooms) expect(found).toContain(`${offenderIn(room)} engine-${room}`);
  const paths = summary.violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`);
  expect(paths).toContain(`${component} → src/app/fixtures/states/noise.ts: fixtures-stay-out`);
  expect(paths).toContain(`${component} → ${component}: every-component-has-a-fixture`);
});
