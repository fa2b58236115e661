import { expect, test } from "vitest";
import { finishedRun, runIdOf, startedTraining, twoArms } from "../../store/run-state.testing";
import { overlayRuns } from "../overlay-series";
import { resultRows } from "./result-rows";
import { trainingColumns, trainingDifferences } from "./training-columns";

const smaller = { ...twoArms, batchSize: 16 };
const finished = (experiment: typeof twoArms, accuracies: readonly [number, number]) =>
  [1, 2].reduce(
    (state, seed, at) => finishedRun(state, runIdOf(0, seed), accuracies[at] ?? 0),
    startedTraining(experiment),
  );
const saved = {
  id: "a",
  title: "First try",
  brief: "First try",
  experiment: smaller,
  runs: finished(smaller, [0.6, 0.8]).runs,
  number: 0,
};

test("next to saved trainings, only the settings in which they differ from this one, by their labels", () => {
  const same = { ...saved, experiment: twoArms, brief: "As here" };
  const rows = trainingDifferences(twoArms, [saved, same]);
  expect(rows).toEqual([
    { setting: "batchSize", here: String(twoArms.batchSize), saved: ["16", String(twoArms.batchSize)] },
  ]);
  const columns = trainingColumns(twoArms, [saved, same]);
  expect(columns.map(({ label }) => label)).toEqual(["Setting", "This training", "First try", "As here"]);
  expect(rows.map((row) => columns.map(({ text }) => text(row)))[0]?.[0]).toBe("Batch size");
});

test("arms of saved trainings are rows after this one's, compared with its baseline seed by seed", () => {
  const rows = resultRows(finished(twoArms, [0.5, 0.6]), 0, undefined, overlayRuns([saved]));
  expect(rows.map(({ isOther }) => isOther ?? false)).toEqual([false, false, true, true]);
  expect(rows[2]?.label).toContain("First try");
  expect(rows[2]?.difference?.finalKnn?.mean).toBeCloseTo(0.15);
  expect(rows[2]?.difference?.finalKnn?.n).toBe(2);
});
