import { expect, test } from "vitest";
import { defaultExperiment } from "../protocol/experiment";
import { armDash } from "./arm-colors";
import { placeOfRecorded, recordedBeside, recordedSeries } from "./recorded-series";

const recorded = {
  experiment: defaultExperiment(),
  recording: {
    device: "d",
    curves: [
      { arm: 1, seed: 3, metric: "knnTop1", steps: [0, 10], values: [0.1, 0.2] },
      { arm: 1, seed: 3, metric: "studentLoss", steps: [0, 10], values: [4, 3] },
    ],
  },
} as const;

test("without a pace, recorded curves appear over steps only, by arm and metric", () => {
  expect(
    recordedSeries(recorded, "knnTop1", "step", [], true).map(({ label, runs }) => [label, runs]),
  ).toEqual([["SimDis-Off, recorded", [{ seed: 3, x: [0, 10], y: [0.1, 0.2] }]]]);
  expect(recordedSeries(recorded, "knnTop1", "wall", [], true)).toEqual([]);
  expect(recordedSeries(undefined, "knnTop1", "step", [], true)).toEqual([]);
});

test("with their run's pace they appear over every axis, also outside the known range", () => {
  const pace = {
    arm: 1,
    seed: 3,
    steps: [2, 4, 8],
    epochs: [20, 40, 80],
    wallMs: [1_000, 2_000, 8_000],
    megaMacs: [7, 9, 13],
  };
  const paced = { ...recorded, recording: { ...recorded.recording, paces: [pace] } };
  const over = (axis: "wall" | "macs" | "epoch") =>
    recordedSeries(paced, "knnTop1", axis, [], true).map(({ runs }) => Array.from(runs[0]?.x ?? []));
  expect(over("wall")).toEqual([[0, 11_000]]);
  expect(over("macs")).toEqual([[5e6, 15e6]]);
  expect(over("epoch")).toEqual([[0, 1]]);
});

test("alone they have their arms' dash patterns; next to measured curves they are dotted", () => {
  const dashOf = (alone: boolean) => recordedSeries(recorded, "knnTop1", "step", [], alone)[0]?.dash;
  expect(dashOf(true)).toBe(armDash(1));
  expect(dashOf(false)).not.toBe(armDash(1));
  expect(recordedSeries(recorded, "knnTop1", "step", [], false)[0]?.withoutBand).toBe(true);
});

test("a chart of one arm shows that arm's recording, whatever its place in the palette", () => {
  const [series] = recordedSeries(recorded, "knnTop1", "step", [], false);
  expect(recordedBeside("arm-4", [3, 4])).toBe(series?.id);
  expect(recordedBeside("arm-1", [3, 4])).toBeUndefined();
});

test("hiding a recorded arm hides no arm trained here", () => {
  const [series] = recordedSeries(recorded, "knnTop1", "step", [], true);
  const place = placeOfRecorded(series?.id ?? "");
  expect(place).toBeLessThan(0);
  expect(recordedSeries(recorded, "knnTop1", "step", [place ?? 0], true)[0]?.hidden).toBe(true);
  expect(placeOfRecorded("arm-1")).toBeUndefined();
});
