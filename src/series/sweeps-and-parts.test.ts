import { expect, test } from "vitest";
import { asPlanned } from "../store/arrangement";
import { reduceRun } from "../store/run-state";
import { finishedRun, measured, runIdOf, startedTraining } from "../store/run-state.testing";
import { mutualSeries } from "./mutual-series";
import { probeRateRows } from "./tables/probe-rates";

test("an arm's probe rates are means over the evaluated seeds, on one scale for all arms", () => {
  const evaluated = (arm: number, seed: number, small: number, large: number) => {
    const linearSweep = [
      { learningRate: 10, validationTop1: large },
      { learningRate: 0.01, validationTop1: small },
    ];
    const final = { knnTop1: 0, linearTop1: 0, linearLearningRate: 10, linearSweep };
    return { type: "run-finished", runId: runIdOf(arm, seed), final } as const;
  };
  expect(probeRateRows(startedTraining(), asPlanned)).toEqual([]);
  let state = reduceRun(startedTraining(), evaluated(0, 1, 0.2, 0.4));
  state = reduceRun(state, evaluated(0, 2, 0.4, 0.6));
  state = reduceRun(state, evaluated(1, 1, 0.7, 0.5));
  const [first, second] = probeRateRows(state, asPlanned);
  expect(first).toMatchObject({ slot: 0, seeds: 2 });
  expect(first?.cells.map(({ learningRate }) => learningRate)).toEqual([0.01, 10]);
  expect(first?.cells.map(({ isBest }) => isBest)).toEqual([false, true]);
  expect(first?.cells.map(({ accuracy }) => accuracy.toFixed(6))).toEqual(["0.300000", "0.500000"]);
  expect(first?.cells.map(({ share }) => share.toFixed(6))).toEqual(["0.000000", "0.500000"]);
  expect(second?.cells.map(({ share }) => share)).toEqual([1, expect.closeTo(0.5)]);
});

test("a run evaluated without a sweep has no row", () => {
  expect(probeRateRows(finishedRun(startedTraining(), runIdOf(0, 1), 0.5), asPlanned)).toEqual([]);
});

test("the curves of mutual learning's parts add up to its loss", () => {
  const values = { studentLoss: 2.5, labelLoss: 1.5, mutualEnsemble: 1.75, mutualPeerEntropy: 0.75 };
  const state = measured(startedTraining(), runIdOf(0, 1), 10, values);
  const [whole, ...parts] = mutualSeries(state.runs.slice(0, 1), "step");
  const heightOf = (series: (typeof parts)[number] | undefined) => series?.runs[0]?.y[0] ?? Number.NaN;
  expect(parts).toHaveLength(3);
  expect(parts.reduce((sum, part) => sum + heightOf(part), 0)).toBeCloseTo(heightOf(whole));
});
