import { expect, test } from "vitest";
import type { Experiment } from "../../../protocol/experiment";
import { openingExperiment } from "../../../protocol/presets";
import { studies } from "../../../protocol/studies/studies";
import { experimentOf } from "../../../protocol/valid-experiment.testing";
import { durationOf, stepMsOf } from "./duration";
import { nothingMeasured } from "./measured";
import { counts, measuredOf } from "./measured.test-support";

const estimated = (experiment: Experiment, stage = {}) => {
  const found = durationOf(experiment, counts, measuredOf(experiment, counts, stage));
  if (!found) throw new Error("Everything was measured.");
  return found;
};

test("without measurements there is no estimate, instead of a guess", () => {
  expect(durationOf(openingExperiment(), counts, nothingMeasured)).toBeUndefined();
  const { stages, readings } = measuredOf(openingExperiment());
  const [first = ""] = Object.keys(stages);
  const { [first]: _, ...others } = stages;
  expect(durationOf(openingExperiment(), counts, { stages: others, readings })).toBeUndefined();
});

test("the parts add up, and every study of the catalog has an estimate", () => {
  for (const { id, quick } of studies) {
    const { ms, parts } = estimated(experimentOf(quick));
    expect(ms, id).toBeGreaterThan(0);
    expect(
      Object.values(parts).reduce((sum, part) => sum + part, 0),
      id,
    ).toBeCloseTo(ms, 6);
  }
});

test("a teacher that several arms share is counted once, and once per seed", () => {
  const off = { scheme: { method: "simdis-off" }, steps: 100, teacherSteps: 300 } as const;
  const one = experimentOf({ arms: [off] });
  const two = experimentOf({ arms: [off, { ...off, scheme: { method: "simdis-off", targets: [3, 6] } }] });
  const seeds = experimentOf({ arms: [off], seeds: [1, 2, 3] });
  const teachersOf = (experiment: Experiment) => estimated(experiment, { stepMs: 10 }).parts.teachers;
  expect(teachersOf(one)).toBe(3_000);
  expect(teachersOf(two)).toBe(3_000);
  expect(teachersOf(seeds)).toBe(9_000);
  expect(estimated(two, { stepMs: 10 }).parts.students).toBe(2_000);
});

test("runs that share the threads take their share of a step's time, and one that is alone or waited for all of it", () => {
  const two = { threads: 2, stepMs: 15 };
  const measured = { stepMs: 10, firstMs: 0, networks: [], ownMs: 0, apart: two };
  expect(stepMsOf(measured, 1)).toBe(10);
  expect(stepMsOf(measured, 5)).toBe(7.5);
  // Four of five on two threads each, which help as much as the third root of eight.
  expect(stepMsOf({ ...measured, apart: { threads: 8, stepMs: 40 } }, 5)).toBeCloseTo(40 / 4 ** (1 / 3) / 4);
  const seeds = experimentOf({ arms: [{ scheme: { method: "byol" }, steps: 100 }], seeds: [1, 2, 3] });
  expect(estimated(seeds, { stepMs: 10, apart: two }).parts.students).toBe(2_250);
  const off = { scheme: { method: "simdis-off" }, steps: 100, teacherSteps: 300 } as const;
  const taught = { arms: [off, { ...off, name: "Longer", steps: 200 }] };
  const { teachers, students } = estimated(experimentOf(taught), { stepMs: 10, apart: two }).parts;
  expect(teachers).toBe(3_000);
  expect(students).toBe(2_250);
});

test("steps, rates and names are not measured again; batches, networks and views are", () => {
  const base = openingExperiment();
  const known = measuredOf(base);
  const withArms = (change: Partial<Experiment["arms"][number]>): Experiment => ({
    ...base,
    arms: base.arms.map((arm) => ({ ...arm, ...change })),
  });
  const rates = { ...(base.arms[0] as Experiment["arms"][number]).optimiser, learningRate: 0.3 };
  expect(durationOf(withArms({ steps: 7, teacherSteps: 9, optimiser: rates }), counts, known)).toBeDefined();
  expect(durationOf({ ...base, seeds: [4, 5] }, counts, known)).toBeDefined();
  expect(durationOf({ ...base, batchSize: 16 }, counts, known)).toBeUndefined();
  expect(durationOf(withArms({ student: { network: "R18", width: 0.25 } }), counts, known)).toBeUndefined();
  const { first } = base.views;
  expect(
    durationOf({ ...base, views: { first, second: { ...first, blurProbability: 0.4 } } }, counts, known),
  ).toBeUndefined();
});

test("rarer evaluations and fewer images take less time, and steps as long as before", () => {
  const base = openingExperiment();
  const { parts } = estimated(base);
  const rare = estimated({ ...base, evaluation: { ...base.evaluation, everySteps: 200 } });
  expect(rare.parts.evaluating).toBeLessThan(parts.evaluating);
  expect(rare.parts.students).toBe(parts.students);
  const fewer = durationOf(base, { ...counts, train: 1_000, test: 200 }, measuredOf(base));
  expect(fewer?.parts.evaluating).toBeLessThan(parts.evaluating);
  expect(fewer?.parts.students).toBe(parts.students);
});
