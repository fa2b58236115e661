import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bandKinds } from "../types";
import { aggregate, studentT975, tails } from "./band";
import { curveOf } from "./curve";

const steps = [0, 10, 20, 30];

test("runs on one grid give each point's mean and sample deviation", () => {
  const runs = [curveOf(steps, [1, 2, 3, 4]), curveOf(steps, [3, 2, 5, 8])];
  const { n, mean, deviation, low, high } = aggregate(runs, "deviation");
  expect(n).toBe(2);
  expect([...mean.x]).toEqual(steps);
  expect([...mean.y]).toEqual([2, 2, 4, 6]);
  const spread = [Math.SQRT2, 0, Math.SQRT2, 2 * Math.SQRT2];
  spread.forEach((sd, i) => {
    expect(deviation[i]).toBeCloseTo(sd, 12);
    expect(low[i]).toBeCloseTo((mean.y[i] as number) - sd, 12);
    expect(high[i]).toBeCloseTo((mean.y[i] as number) + sd, 12);
  });
});

test("one run is its own mean and has no band", () => {
  for (const kind of bandKinds) {
    const { n, mean, deviation, low, high } = aggregate([curveOf(steps, steps), curveOf([], [])], kind);
    expect(n).toBe(1);
    expect([...mean.y]).toEqual(steps);
    for (const absent of [deviation, low, high]) expect([...absent]).toEqual(Array(4).fill(Number.NaN));
  }
});

test("the mean covers only the range common to all runs; beyond it, single runs have tails", () => {
  const runs = [curveOf([0, 10, 20], [0, 10, 20]), curveOf([5, 15, 25, 35], [5, 15, 25, 35])];
  const aggregated = aggregate(runs, "range");
  expect(aggregated.mean.x[0]).toBe(5);
  expect(aggregated.mean.x.at(-1)).toBe(20);
  // Both runs are the line y = x: interpolation finds no spread.
  aggregated.mean.x.forEach((x, i) => {
    expect(aggregated.mean.y[i]).toBeCloseTo(x, 12);
    expect(aggregated.deviation[i]).toBeCloseTo(0, 12);
  });
  const [tail] = tails(runs, aggregated);
  expect([...(tail?.x ?? [])]).toEqual([15, 25, 35]);
  expect(tails(runs, aggregated)).toHaveLength(1);
});

test("runs without a common range have no mean", () => {
  expect(aggregate([curveOf([0, 1], [0, 1]), curveOf([2, 3], [0, 1])], "deviation").mean.x).toHaveLength(0);
});

test("no runs give no points", () => {
  expect(aggregate([], "deviation")).toMatchObject({ n: 0, mean: { x: new Float64Array() } });
});

test("the grid is strictly increasing and every band contains its mean", () => {
  const run = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -9, max: 9 })), { maxLength: 12 })
    .map((points) => {
      const sorted = points.toSorted(([a], [b]) => a - b);
      return curveOf(
        sorted.map(([x]) => x),
        sorted.map(([, y]) => y),
      );
    });
  fc.assert(
    fc.property(
      fc.array(run, { minLength: 2, maxLength: 4 }),
      fc.constantFrom(...bandKinds),
      (runs, kind) => {
        const { n, mean, low, high } = aggregate(runs, kind);
        mean.x.forEach((x, i) => {
          if (i > 0) expect(x).toBeGreaterThan(mean.x[i - 1] as number);
          if (n < 2) return;
          expect(low[i]).toBeLessThanOrEqual((mean.y[i] as number) + 1e-9);
          expect(high[i]).toBeGreaterThanOrEqual((mean.y[i] as number) - 1e-9);
        });
      },
    ),
  );
});

test("a 95 % interval is the standard error times Student's quantile", () => {
  const runs = [1, 2, 6].map((level) => curveOf([0, 1], [level, level]));
  const { deviation, high } = aggregate(runs, "interval");
  const error = (deviation[0] as number) / Math.sqrt(3);
  expect(high[0]).toBeCloseTo(3 + 4.3027 * error, 9);
  expect(aggregate(runs, "error").high[0]).toBeCloseTo(3 + error, 9);
  expect(aggregate(runs, "range")).toMatchObject({ low: new Float64Array([1, 1]) });
});

test("Student's quantile agrees with tables and falls to the normal one", () => {
  const known = [
    [1, 12.706],
    [2, 4.303],
    [9, 2.262],
    [10, 2.228],
    [11, 2.201],
    [15, 2.131],
    [30, 2.042],
    [120, 1.98],
  ] as const;
  for (const [degrees, quantile] of known) {
    expect(Math.abs(studentT975(degrees) - quantile)).toBeLessThan(1.5e-3);
  }
  expect(studentT975(1e9)).toBeCloseTo(1.96, 3);
});
