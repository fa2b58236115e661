import { expect, test } from "vitest";
import { measured, runIdOf, startedTraining, withFloors } from "../run-state.testing";
import { collapseEvents } from "./chart-events";
import { chartSeriesMaker, floorLines } from "./chart-series";

const choice = { metric: "knnTop1", stages: ["student", "joint"] } as const;

test("an arm that has measured nothing new keeps its series, so that nothing is drawn again for it", () => {
  const make = chartSeriesMaker(choice);
  const before = measured(startedTraining(), runIdOf(0, 1), 10, { knnTop1: 0.5 });
  const [first, second] = make(before, [], "step");
  const [firstAfter, secondAfter] = make(measured(before, runIdOf(1, 1), 10, { knnTop1: 0.6 }), [], "step");
  expect(firstAfter).toBe(first);
  const list = make(before, [], "step");
  expect(make(measured(before, runIdOf(0, 2), 10, { studentLoss: 1 }), [], "step")).toBe(list);
  expect(secondAfter).not.toBe(second);
  expect(secondAfter?.runs.map(({ seed, x, y }) => [seed, [...Array.from(x)], [...Array.from(y)]])).toEqual([
    [1, [10], [0.6]],
  ]);
});

test("the axis and what is hidden are the visitor's", () => {
  const make = chartSeriesMaker(choice);
  const state = measured(startedTraining(), runIdOf(0, 1), 10, { knnTop1: 0.5 });
  expect(make(state, [3], "macs").map(({ id, hidden }) => [id, hidden])).toEqual([
    ["arm-0", false],
    ["arm-3", true],
  ]);
  expect(make(state, [], "macs")[0]?.runs[0]?.x[0]).toBe(10_000);
  expect(make(state, [], "wall")[0]?.runs[0]?.x[0]).toBe(1_000);
});

test("floors stand on the charts of accuracies only", () => {
  const { runs } = withFloors(startedTraining(), runIdOf(0, 1));
  expect(floorLines(runs, "knnTop1").map(({ id, value }) => [id, value])).toEqual([
    ["pixels", 0.4],
    ["untrained", 0.2],
    ["calibrated", 0.22],
  ]);
  expect(floorLines(runs, "probeTop1").map(({ id }) => id)).toEqual(["untrained", "calibrated"]);
  expect(floorLines(runs, "studentLoss")).toEqual([]);
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
  expect(collapseEvents(run, "step").map(({ label, x }) => [label, x])).toEqual([["BYOL collapsed", 20]]);
  expect(collapseEvents(run, "macs").map(({ x }) => x)).toEqual([20_000]);
});
