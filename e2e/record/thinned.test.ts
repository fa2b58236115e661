import { expect, test } from "vitest";
import { measuredNames } from "../../src/protocol/metrics/metric-batch";
import { rowsFrom, savedTraining } from "../../src/storage/saved-training.testing";
import { thinned } from "./thinned";

const inspection = { images: [1], labels: [0], predictions: [0], map: [0, 0], neighbors: [1, 2, 3] };
const accuracy = { knnTop1: 0.5 };
const floors = { pixels: accuracy, untrained: accuracy, calibrated: accuracy, inspection };
const final = { knnTop1: 0.71, linearTop1: 0.63, inspection };

const [run] = savedTraining().runs;
const whole = {
  training: savedTraining(run ? { status: "finished", runs: [{ ...run, floors, final }] } : {}),
  // Every third row has an accuracy.
  batches: [rowsFrom(0, 3_000)],
};

test("a thinned training keeps every evaluation, the first and last row, and the final figures", () => {
  const { training, batches } = thinned(whole);
  const [before, after] = [whole.batches[0], batches[0]];
  if (!before || !after) throw new Error("The rows are gone.");
  const evaluated = ({ step, measured }: typeof before) =>
    [...step].flatMap((at, row) => {
      const value = measured.knnTop1?.[row] ?? Number.NaN;
      return Number.isNaN(value) ? [] : [[at, Number(value.toPrecision(4))]];
    });
  expect(evaluated(after)).toEqual(evaluated(before));
  expect([after.step[0], after.step.at(-1)]).toEqual([0, 2_999]);
  expect(after.rows).toBeLessThan(1_050);
  expect(training.runs[0]?.final).toEqual({ knnTop1: 0.71, linearTop1: 0.63 });
  expect(training.runs[0]?.floors).toEqual({ pixels: accuracy, untrained: accuracy, calibrated: accuracy });
});

test("numbers are within the rounding of recorded links", () => {
  const loss = thinned(whole).batches[0]?.measured.studentLoss ?? new Float64Array();
  const steps = thinned(whole).batches[0]?.step ?? new Float64Array();
  expect(loss.length).toBe(steps.length);
  loss.forEach((value, row) => {
    expect(Math.abs(value - 1 / ((steps[row] as number) + 1))).toBeLessThanOrEqual(5e-5);
  });
});

test("what a device measures of itself is left out", () => {
  const batch = whole.batches[0];
  if (!batch) throw new Error("There are no rows.");
  const gpuBytes = new Float64Array(batch.rows).fill(1e6);
  const measured = { ...batch.measured, gpuBytes };
  const [kept] = thinned({ ...whole, batches: [{ ...batch, measured }] }).batches;
  expect(kept && measuredNames(kept).toSorted()).toEqual(measuredNames(batch).toSorted());
});
