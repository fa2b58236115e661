import { expect, test } from "vitest";
import { showsTopFive } from "../../charts/differences/shown-metrics";
import { resultColumns } from "../../charts/tables/result-columns";
import { asPlanned } from "../../store/arrangement";
import { reduceRun } from "../../store/run-state";
import { finishedRun, measured, runIdOf, startedTraining, twoArms } from "../../store/run-state.testing";
import { curveGroups } from "../curve-groups";
import { baselineOf, resultRows } from "./result-rows";

const started = startedTraining();

function finishedTraining() {
  let state = started;
  const outcomes = [
    [0, 1, 0.5],
    [0, 2, 0.6],
    [1, 1, 0.55],
    [1, 2, 0.7],
  ] as const;
  for (const [arm, seed, knn] of outcomes) state = finishedRun(state, runIdOf(arm, seed), knn);
  return state;
}

test("differences are taken between runs of the same seed, and the baseline has none", () => {
  const [baseline, other] = resultRows(finishedTraining(), 0);
  expect(baseline?.difference).toBeUndefined();
  const difference = other?.difference?.finalKnn;
  expect(difference?.n).toBe(2);
  expect(difference?.mean).toBeCloseTo(0.075);
  expect(difference?.deviation).toBeCloseTo(Math.sqrt(0.00125));
});

test("an unfinished run has no result, whatever its curves say", () => {
  const state = measured(finishedRun(started, runIdOf(0, 1), 0.5), runIdOf(1, 1), 10, { knnTop1: 0.9 });
  const [, other] = resultRows(state, 0);
  expect(other?.accuracy).toEqual({});
  expect(other?.finishedSeeds).toBe(0);
  expect(other?.difference).toEqual({});
});

test("balanced accuracy is that of the final evaluation", () => {
  const state = measured(finishedRun(started, runIdOf(0, 1), 0.5), runIdOf(0, 1), 10, { knnBalanced: 0.9 });
  expect(resultRows(state, 0)[0]?.accuracy.balancedKnn?.mean).toBeCloseTo(0.45);
});

test("top-5 accuracy is the mean of the seeds that have one, and has no difference", () => {
  let state = started;
  for (const [seed, linearTop5] of [
    [1, 0.9],
    [2, 0.8],
  ] as const)
    state = reduceRun(state, {
      type: "run-finished",
      runId: runIdOf(0, seed),
      final: { knnTop1: 0.5, linearTop1: 0.5, linearTop5 },
    });
  const rows = resultRows(state, 0);
  const [row, other] = rows;
  expect(showsTopFive(rows)).toBe(true);
  expect(showsTopFive([])).toBe(false);
  expect(row?.linearTopFive?.mean).toBeCloseTo(0.85);
  expect(other?.linearTopFive).toBeUndefined();
  expect(resultColumns("finalKnn", "0", [], { topFive: true }).map(({ id }) => id)).toContain(
    "linearTopFive",
  );
  expect(resultColumns("finalKnn", "0", []).map(({ id }) => id)).not.toContain("linearTopFive");
});

test("a measurement before the first step is never the best", () => {
  let state = measured(started, runIdOf(0, 1), 0, { knnTop1: 0.8 });
  expect(resultRows(state, 0)[0]?.accuracy.bestKnn).toBeUndefined();
  state = measured(measured(state, runIdOf(0, 1), 10, { knnTop1: 0.6 }), runIdOf(0, 1), 20, { knnTop1: 0.5 });
  state = finishedRun(state, runIdOf(0, 1), 0.5);
  expect(resultRows(state, 0)[0]?.accuracy.bestKnn?.mean).toBe(0.6);
});

test("the best is chosen on validation images and reported on test images, and so are differences", () => {
  const best = { step: 10, knnTop1: 0.45, linearTop1: 0.5, top1: 0.6 };
  const final = { knnTop1: 0.4, linearTop1: 0.55, top1: 0.65, best };
  let state = measured(started, runIdOf(0, 1), 10, { knnTop1: 0.9, probeTop1: 0.9, top1: 0.9 });
  state = reduceRun(state, { type: "run-finished", runId: runIdOf(0, 1), final });
  state = reduceRun(state, {
    type: "run-finished",
    runId: runIdOf(1, 1),
    final: { ...final, top1: 0.7, best: { ...best, knnTop1: 0.5, top1: 0.8 } },
  });
  const [first, second] = resultRows(state, 0);
  const means = Object.entries(first?.accuracy ?? {}).map(([metric, { mean }]) => [metric, mean]);
  expect(Object.fromEntries(means)).toEqual({
    finalKnn: 0.4,
    bestKnn: 0.45,
    finalLinear: 0.55,
    bestLinear: 0.5,
    finalClassifier: 0.65,
    bestClassifier: 0.6,
  });
  expect(second?.difference?.bestKnn?.mean).toBeCloseTo(0.05);
  expect(second?.difference?.finalClassifier?.mean).toBeCloseTo(0.05);
  expect(second?.difference?.bestClassifier?.mean).toBeCloseTo(0.2);
});

test("a mean never mixes test figures of finished runs with points of the curves of others", () => {
  const state = measured(finishedRun(started, runIdOf(0, 1), 0.5), runIdOf(0, 2), 10, { knnTop1: 0.9 });
  expect(resultRows(state, 0)[0]?.accuracy.finalKnn).toMatchObject({ n: 1, mean: 0.5 });
});

test("arms with the same value of a setting are one row, compared seed by seed between their arms' means", () => {
  const [first, second] = twoArms.arms;
  if (!first || !second) throw new Error("Two arms are needed.");
  const third = { ...second, name: "Third", steps: second.steps + 1 };
  let state = startedTraining({ ...twoArms, arms: [first, second, third] }, [0, 3, 5]);
  const outcomes = [
    [0, 1, 0.5],
    [0, 2, 0.6],
    [1, 1, 0.6],
    [1, 2, 0.7],
    [2, 1, 0.8],
  ] as const;
  for (const [arm, seed, knn] of outcomes) state = finishedRun(state, runIdOf(arm, seed), knn);
  const groups = curveGroups(state, { ...asPlanned, groupBy: "scheme.method" });
  const [baseline, other] = resultRows(state, 0, groups);
  expect(groups.map(({ slots }) => slots)).toEqual([[0], [3, 5]]);
  expect(baseline?.difference).toBeUndefined();
  expect(other).toMatchObject({ plannedSeeds: 4, finishedSeeds: 3, label: "Scheme = SimDis-Off" });
  expect(other?.accuracy.finalKnn?.mean).toBeCloseTo(0.7);
  // The third arm's second seed is not finished, so that seed does not count yet.
  expect(other?.difference?.finalKnn).toMatchObject({ n: 1, mean: expect.closeTo(0.2, 9) });
  state = finishedRun(state, runIdOf(2, 2), 0.7);
  expect(resultRows(state, 0, groups)[1]?.difference?.finalKnn).toMatchObject({ n: 2 });
  // Whichever of its arms was chosen, the whole group is the baseline.
  expect(resultRows(state, 5, groups)[1]?.difference).toBeUndefined();
});

test("the baseline is the first arm, unless the visitor chose another existing one", () => {
  expect(baselineOf(started, undefined)).toBe(0);
  expect(baselineOf(started, 3)).toBe(3);
  expect(baselineOf(started, 5)).toBe(0);
});
