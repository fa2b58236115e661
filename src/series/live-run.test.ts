import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultArm, defaultScheme, schemeMethods } from "../protocol/experiment";
import { batchOfRows } from "../protocol/metrics/metric-batch";
import { appendBatch, emptySeries } from "../store/measurements/series";
import { copyLag, queueFill } from "./live-run";

const seriesOf = (momenta: readonly number[], steps = momenta.map((_, at) => at + 1)) =>
  appendBatch(
    emptySeries,
    batchOfRows(
      "run",
      momenta.map((tau, at) => ({
        stage: "student",
        step: steps[at] ?? 0,
        epoch: 0,
        wallMs: 0,
        macs: 0,
        values: { tau },
      })),
    ),
  );

/** The mean age, followed step by step: everything in the copy ages by one, and what is added is new. */
const aged = (momenta: readonly number[]) => momenta.reduce((age, tau) => tau * (age + 1), 0);

test("the lag of a momentum copy is the mean age of what it consists of", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 }),
      (momenta) => {
        const lag = copyLag(seriesOf(momenta), "student") ?? Number.NaN;
        expect(Math.abs(lag - aged(momenta))).toBeLessThan(0.05);
      },
    ),
  );
});

test("at a constant momentum it approaches τ / (1 − τ), also where only every tenth step was kept", () => {
  const momenta = Array.from({ length: 100 }, () => 0.95);
  const tenth = Array.from({ length: 100 }, (_, at) => 10 * (at + 1));
  expect(copyLag(seriesOf(momenta, tenth), "student")).toBeCloseTo(19, 1);
});

test("a copy that keeps all of itself is as old as its stage, and one that keeps nothing is not behind", () => {
  expect(copyLag(seriesOf([1, 1, 1, 1]), "student")).toBe(4);
  expect(copyLag(seriesOf([0, 0, 0]), "student")).toBe(0);
  expect(copyLag(seriesOf([0.9]), "teacher")).toBeUndefined();
  expect(copyLag(emptySeries, "student")).toBeUndefined();
});

test("a queue fills with the steps until it is full, in every method that has one", () => {
  const queued = schemeMethods.filter((method) => queueFill(defaultScheme(method), { batchSize: 32 }, 0));
  expect(queued).toEqual(schemeMethods.filter((method) => "queue" in defaultArm(method).scheme));
  for (const method of queued) {
    const scheme = defaultScheme(method);
    const at = (step: number) => queueFill(scheme, { batchSize: 32 }, step);
    expect(at(0)?.filled, method).toBe(0);
    expect(at(1)?.filled, method).toBeGreaterThanOrEqual(32);
    expect(at(1e6)?.filled, method).toBe(at(0)?.entries);
  }
});
