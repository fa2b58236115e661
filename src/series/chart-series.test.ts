import { expect, test } from "vitest";
import { asPlanned } from "../store/arrangement";
import { reduceRun, startedRun, startingRun } from "../store/run-state";
import {
  measured,
  plannedRun,
  runIdOf,
  startedTraining,
  twoArms,
  withFloors,
} from "../store/run-state.testing";
import { runEvents } from "./chart-events";
import { chartSeriesMaker, floorLines, paperFloors } from "./chart-series";
import { floorRows } from "./tables/floor-columns";

const choice = { metric: "knnTop1", stages: ["student", "joint"] } as const;

test("an arm with no new measurements keeps its series, so it is not drawn again", () => {
  const make = chartSeriesMaker(choice);
  const before = measured(startedTraining(), runIdOf(0, 1), 10, { knnTop1: 0.5 });
  const [first, second] = make(before, asPlanned, "step");
  const [firstAfter, secondAfter] = make(
    measured(before, runIdOf(1, 1), 10, { knnTop1: 0.6 }),
    asPlanned,
    "step",
  );
  expect(firstAfter).toBe(first);
  const list = make(before, asPlanned, "step");
  expect(make(measured(before, runIdOf(0, 2), 10, { studentLoss: 1 }), asPlanned, "step")).toBe(list);
  expect(secondAfter).not.toBe(second);
  expect(secondAfter?.runs.map(({ seed, x, y }) => [seed, [...Array.from(x)], [...Array.from(y)]])).toEqual([
    [1, [10], [0.6]],
  ]);
});

test("the visitor chooses the axis and the hidden runs", () => {
  const make = chartSeriesMaker(choice);
  const state = measured(startedTraining(), runIdOf(0, 1), 10, { knnTop1: 0.5 });
  expect(
    make(state, { ...asPlanned, hiddenSlots: [3] }, "macs").map(({ id, hidden }) => [id, hidden]),
  ).toEqual([
    ["arm-0", false],
    ["arm-3", true],
  ]);
  expect(make(state, asPlanned, "macs")[0]?.runs[0]?.x[0]).toBe(10_000);
  expect(make(state, asPlanned, "wall")[0]?.runs[0]?.x[0]).toBe(1_000);
});

test("floors are shown only on charts of accuracies", () => {
  const { runs } = withFloors(startedTraining(), runIdOf(0, 1));
  expect(floorLines(runs, "knnTop1").map(({ id, value }) => [id, value])).toEqual([
    ["pixels", 0.4],
    ["untrained", 0.2],
    ["calibrated", 0.22],
    ["majority", 0.6],
  ]);
  expect(floorLines(runs, "probeTop1").map(({ id }) => id)).toEqual(["untrained", "calibrated", "majority"]);
  expect(floorLines(runs, "teacherTop1").map(({ id, value }) => [id, value])).toEqual([["majority", 0.6]]);
  expect(floorLines(runs, "probeBalanced").map(({ id, value }) => [id, value])).toEqual([["majority", 0.5]]);
  expect(floorLines(runs, "studentLoss")).toEqual([]);
});

test("curves stand beside baselines measured like them, and final results beside baselines measured like these", () => {
  const floors = {
    ...{
      pixels: { knnTop1: 0.4 },
      untrained: { knnTop1: 0.2 },
      calibrated: { knnTop1: 0.22, probeTop1: 0.3 },
    },
    final: {
      pixels: { knnTop1: 0.6 },
      untrained: { knnTop1: 0.25 },
      calibrated: { knnTop1: 0.27, probeTop1: 0.35 },
    },
  };
  const runId = runIdOf(0, 1);
  let run = reduceRun(startedTraining(), { type: "floors", runId, floors });
  run = measured(run, runId, 10, { knnTop1: 0.5, probeTop1: 0.45 });
  expect(floorLines(run.runs, "knnTop1").map(({ value }) => value)).toEqual([0.4, 0.2, 0.22]);
  expect(floorRows(run)).toMatchObject([
    { knn: 0.5, pixels: 0.4, knnBefore: 0.22, linear: 0.45, linearBefore: 0.3 },
  ]);
  const final = { knnTop1: 0.55, linearTop1: 0.65 };
  run = reduceRun(run, { type: "run-finished", runId, final });
  expect(floorLines(run.runs, "knnTop1").map(({ value }) => value)).toEqual([0.4, 0.2, 0.22]);
  expect(floorRows(run)).toMatchObject([
    { knn: 0.55, pixels: 0.6, knnBefore: 0.27, linear: 0.65, linearBefore: 0.35 },
  ]);
});

test("a collapse is marked where it was first measured", () => {
  let run = startedTraining();
  for (const [step, spread] of [
    [10, 0.8],
    [20, 0.01],
    [30, 0.001],
  ] as const) {
    run = measured(measured(run, runIdOf(0, 1), step, { spread }), runIdOf(1, 1), step, { spread: 0.9 });
  }
  expect(runEvents(run, "step").map(({ label, x }) => [label, x])).toEqual([["BYOL, seed 1 collapsed", 20]]);
  expect(runEvents(run, "macs").map(({ x }) => x)).toEqual([20_000]);
  expect(runEvents(run, "step", (slot) => slot !== run.armSlots[0])).toEqual([]);
});

test("a run that recovers from a low spread has not collapsed; a later fall is marked where it began", () => {
  let run = startedTraining();
  const placesAfter = [
    [10, 0.01],
    [20, 0.4],
    [30, 0.02],
    [40, 0.01],
  ].map(([step = 0, spread = 0]) => {
    run = measured(run, runIdOf(0, 1), step, { spread });
    return runEvents(run, "step").map(({ x }) => x);
  });
  expect(placesAfter).toEqual([[10], [], [30], [30]]);
});

test("a member's crash is marked at its own step, although it is detected later", () => {
  const run = measured(startedTraining(), runIdOf(1, 2), 40, { member2CrashStep: 20 });
  expect(runEvents(run, "step").map(({ label, x }) => [label, x])).toEqual([
    ["SimDis-Off, seed 2 member 2 crashed", 20],
  ]);
  expect(runEvents(run, "wall").map(({ x }) => x)).toEqual([4_000]);
});

test("a divergence is marked at the step whose loss was NaN, after the last point of the curve", () => {
  const trained = measured(startedTraining(), runIdOf(1, 2), 40, { studentLoss: 2 });
  const explained = { title: "", cause: "", action: "" };
  const failure = {
    ...explained,
    kind: "diverged",
    runId: runIdOf(1, 2),
    step: 43,
    network: "student",
  } as const;
  const run = reduceRun(trained, { type: "run-failed", runId: runIdOf(1, 2), failure });
  expect(runEvents(run, "step").map(({ label, x }) => [label, x])).toEqual([
    ["SimDis-Off, seed 2 diverged", 43],
  ]);
  expect(runEvents(run, "wall").map(({ x }) => x)).toEqual([4_000]);
});

test("arms with the same value of a setting are one curve containing all of their runs", () => {
  const [byol, off] = twoArms.arms;
  if (!byol || !off) throw new Error("Two arms are needed.");
  const slow = { ...byol, name: "Slow", steps: 900 };
  let run = startedRun(startingRun({ ...twoArms, arms: [byol, off, slow] }, [0, 3, 5]), []);
  run = startedRun(
    run,
    [0, 1, 2].flatMap((arm) => [1, 2].map((seed) => plannedRun(arm, seed))),
  );
  for (const arm of [0, 1, 2]) run = measured(run, runIdOf(arm, 1), 10, { knnTop1: arm / 10 });
  run = measured(run, runIdOf(0, 2), 10, { knnTop1: 0.9 });

  const make = chartSeriesMaker(choice);
  const grouped = make(run, { ...asPlanned, groupBy: "scheme.method" }, "step");
  expect(grouped.map(({ label, runs }) => [label, runs.map(({ y }) => y[0])])).toEqual([
    ["Scheme = BYOL", [0, 0.9, 0.2]],
    ["Scheme = SimDis-Off", [0.1]],
  ]);
  const pinned = make(run, { ...asPlanned, pinnedSlots: [5], hiddenRuns: [runIdOf(0, 2)] }, "step");
  expect(pinned.map(({ id, front, runs }) => [id, front, runs.length])).toEqual([
    ["arm-5", true, 1],
    ["arm-0", false, 1],
    ["arm-3", false, 1],
  ]);
  expect(make(run, { ...asPlanned, groupBy: "no such setting" }, "step")).toHaveLength(3);
});

test("a paper's figures are shown on charts of the same kind of accuracy, and are labeled as the paper's", () => {
  expect(paperFloors("simdis-table-1 2", "probeTop1").map(({ label }) => label)).toContain(
    "paper: On-7v, epochs 1000",
  );
  expect(paperFloors("simdis-table-1 2", "knnTop1")).toEqual([]);
  expect(paperFloors(undefined, "probeTop1")).toEqual([]);
});
