import { expect, test } from "vitest";
import { defaultExperiment } from "../../protocol/experiment";
import { placeOfRecorded, recordedSeries } from "./recorded-series";

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

test("recorded curves stand over steps only, by arm and metric", () => {
  expect(recordedSeries(recorded, "knnTop1", "step", []).map(({ label, runs }) => [label, runs])).toEqual([
    ["SimDis-Off, recorded", [{ seed: 3, x: [0, 10], y: [0.1, 0.2] }]],
  ]);
  expect(recordedSeries(recorded, "knnTop1", "wall", [])).toEqual([]);
  expect(recordedSeries(undefined, "knnTop1", "step", [])).toEqual([]);
});

test("hiding a recorded arm hides none that trains here", () => {
  const [series] = recordedSeries(recorded, "knnTop1", "step", []);
  const place = placeOfRecorded(series?.id ?? "");
  expect(place).toBeLessThan(0);
  expect(recordedSeries(recorded, "knnTop1", "step", [place ?? 0])[0]?.hidden).toBe(true);
  expect(placeOfRecorded("arm-1")).toBeUndefined();
});
