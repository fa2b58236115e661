import { expect, test } from "vitest";
import { defaultExperiment, unnamedExperiment } from "../../protocol/experiment";
import type { RecordedCurve } from "../../protocol/links/recording";
import { recordedRows } from "./recorded-rows";

const curve = (arm: number, seed: number, ...values: number[]): RecordedCurve => ({
  arm,
  seed,
  metric: "knnTop1",
  steps: values.map((_, at) => 10 * at),
  values,
});

const recorded = {
  experiment: { ...unnamedExperiment(), seeds: [1, 2] },
  recording: {
    device: "d",
    curves: [
      curve(0, 1, 0.9, 0.2, 0.3),
      curve(0, 2, 0.9, 0.3, 0.4),
      curve(1, 1, 0.9, 0.6, 0.5),
      curve(1, 2, 0.9, 0.8, 0.7),
    ],
    paces: [{ arm: 1, seed: 1, steps: [10, 20], epochs: [1, 2], wallMs: [500, 900], megaMacs: [3, 6] }],
  },
};

test("recorded curves give each arm's final and best accuracy after its first step", () => {
  const [first, second] = recordedRows(recorded, 0);
  expect(first?.accuracy.finalKnn).toMatchObject({ n: 2, mean: expect.closeTo(0.35) });
  expect(second?.accuracy.bestKnn?.mean).toBeCloseTo(0.7);
  expect(second?.accuracy.finalLinear).toBeUndefined();
  expect([first?.finishedSeeds, first?.plannedSeeds]).toEqual([2, 2]);
});

test("the best point on validation images is no result", () => {
  const { evaluation } = defaultExperiment();
  const onValidation = { ...recorded, experiment: { ...recorded.experiment, evaluation } };
  expect(recordedRows(onValidation, 0)[1]?.accuracy).toMatchObject({ finalKnn: { n: 2 } });
  expect(recordedRows(onValidation, 0)[1]?.accuracy.bestKnn).toBeUndefined();
});

test("differences are taken seed by seed, and an arm without curves has none", () => {
  const [first, second, third] = recordedRows(recorded, 0);
  expect(first?.difference).toBeUndefined();
  expect(second?.difference?.finalKnn).toMatchObject({ n: 2, mean: expect.closeTo(0.25) });
  expect(third?.accuracy).toEqual({});
  expect(third?.difference).toEqual({});
});

test("time and compute are those at the last known step", () => {
  const [first, second] = recordedRows(recorded, 0);
  expect(second?.trainingMacs).toBe(6e6);
  expect(second?.wallMs?.mean).toBe(900);
  expect(first?.wallMs).toBeUndefined();
});
