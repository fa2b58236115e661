import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  type Arm,
  type DatasetSettings,
  defaultArm,
  defaultDataset,
  defaultScheme,
  networkNames,
  schemeMethods,
} from "../../src/protocol/experiment";
import { isInPytorch } from "../../src/protocol/pytorch";
import {
  packageFolder,
  pythonWith,
  pythonWithTorch,
  runPython,
  supportedLines,
  torchMissing,
} from "./python";

const python = pythonWith("json");
const noPython = "Python is not installed: apt-get install python3";

const byol = defaultArm("byol", "BYOL");
const shapes = defaultDataset("shapes");
/** Arms with usual settings, and with each that one of the two might refuse. */
const cases: readonly (readonly [Arm, DatasetSettings])[] = [
  ...schemeMethods.map((method) => [defaultArm(method, method), shapes] as const),
  ...networkNames.flatMap((network) => [
    [{ ...byol, student: { network, width: 1 } }, shapes] as const,
    [{ ...byol, teacher: { network, width: 1 } }, shapes] as const,
  ]),
  [{ ...byol, start: { ...byol.start, from: "byol" } }, shapes],
  [{ ...byol, start: { ...byol.start, teacherFile: "0".repeat(64) } }, shapes],
  [{ ...byol, fixSteps: 10 }, shapes],
  [byol, { ...shapes, unlabelled: 0.5 }],
  [byol, defaultDataset("textures")],
  [{ ...byol, scheme: { ...defaultScheme("dml"), excludeCrashed: true } }, shapes],
  [{ ...byol, scheme: { ...defaultScheme("ssld"), fineTune: 0.1 } }, shapes],
];

test("the page offers the arms that the package trains", ({ skip }) => {
  if (!python) return skip(noPython);
  const program = `import json, sys
from retort_torch.experiment import refusal_of
print(json.dumps([refusal_of(arm, dataset) for arm, dataset in json.load(sys.stdin)]))`;
  const answer = execFileSync(python, ["-c", program], {
    cwd: packageFolder,
    encoding: "utf8",
    input: JSON.stringify(cases),
  });
  const refusals = JSON.parse(answer) as readonly (string | null)[];
  expect(refusals.map((refusal) => refusal === null)).toEqual(cases.map((one) => isInPytorch(...one)));
  expect(new Set(refusals).size).toBeGreaterThan(7);
});

test("docs/pytorch.md lists what the package refuses", ({ skip }) => {
  if (!python) return skip(noPython);
  expect(readFileSync("docs/pytorch.md", "utf8")).toContain(supportedLines(python).join("\n"));
});

test("PyTorch: the golden vectors hold, and every part keeps its laws", ({ skip }) => {
  if (!pythonWithTorch()) skip(torchMissing);
  const { status, text } = runPython(["-m", "unittest", "tests.test_vectors", "tests.test_parts"]);
  expect(status, text).toBe(0);
}, 240_000);
