import { expect, test } from "vitest";
import { schemeMethods } from "../../../protocol/experiment";
import { parseExperiment } from "../../../protocol/problems";
import { problems } from "./problems";

/** The schema's messages for an experiment in which every setting has this value. */
function allowancesFor(wrong: unknown): string[] {
  const arms = schemeMethods.map((method) => {
    const valid = parseExperiment({ arms: [{ scheme: { method } }] });
    if (!valid.ok) throw new Error(JSON.stringify(valid.problems));
    const [arm] = valid.experiment.arms;
    return { ...spoiled(arm, wrong), scheme: { ...spoiled(arm?.scheme, wrong), method } };
  });
  const valid = parseExperiment({});
  if (!valid.ok) throw new Error("The default experiment is invalid.");
  const { dataset, ...rest } = valid.experiment;
  const inputs = [
    { ...spoiled(rest, wrong), dataset: { ...spoiled(dataset, wrong), source: "shapes" } },
    ...arms.map((arm) => ({ arms: [arm] })),
  ];
  return inputs.flatMap((input) => {
    const parsed = parseExperiment(input);
    return parsed.ok ? [] : parsed.problems.map(({ allowed }) => allowed);
  });
}

/** Replaces every value of the object, recursively. */
function spoiled(value: unknown, wrong: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([key, inner]) => [
      key,
      typeof inner === "object" && !Array.isArray(inner) ? spoiled(inner, wrong) : wrong,
    ]),
  );
}

const combined = [
  { batchSize: 48, arms: [{ scheme: { method: "moco", queue: 1000 } }] },
  { batchSize: 64, arms: [{ scheme: { method: "moco", queue: 64, symmetric: true } }] },
  { dataset: { source: "shapes", train: 100 }, batchSize: 32, arms: [{ scheme: { method: "moco" } }] },
  { batchSize: 64, arms: [{ scheme: { method: "moco", normGroups: 7 } }] },
  { arms: [{ scheme: { method: "byol" }, student: { network: "ReAct" }, optimiser: { kind: "lars" } }] },
  { arms: [{ scheme: { method: "byol" }, start: { from: "file" }, teacherSteps: 0, fixSteps: 1 }] },
  { arms: [{ scheme: { method: "kd" }, optimiser: { kind: "lars", layerRates: "resnet" } }] },
  { arms: [{ scheme: { method: "funmatch", cachedTeacher: true, teacherBatchNorm: "train" } }] },
  { arms: [{ scheme: { method: "ssld", pool: "whole" } }] },
  { arms: [{ scheme: { method: "dogo", weight: 0, views: "own" } }] },
  { arms: [{ scheme: { method: "shake", gamma: 0, alpha: 0, beta: 0 } }] },
  { arms: [{ scheme: { method: "mokd", crossWeight: 0 } }] },
  { arms: [{ scheme: { method: "ssld", standardized: true } }] },
  { arms: [{ scheme: { method: "dkd", alpha: 0, beta: 0 } }] },
  { unheardOf: 1 },
  [],
  { arms: [] },
];

test("every message of the schema has a German translation", () => {
  const answers = new Set([-1e9, "nonsense", [], true, { odd: 1 }].flatMap(allowancesFor));
  for (const input of combined) {
    const parsed = parseExperiment(input);
    if (!parsed.ok) for (const { allowed } of parsed.problems) answers.add(allowed);
  }
  expect(answers.size).toBeGreaterThan(20);
  expect([...answers].filter((answer) => problems.allowed(answer) === answer)).toEqual([]);
});
