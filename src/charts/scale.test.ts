import * as fc from "fast-check";
import { expect, test } from "vitest";
import { durationTicks, linearTicks, logTicks, paddedRange } from "./scale";

const range = fc
  .tuple(
    fc.double({ min: -1e5, max: 1e5, noNaN: true }),
    fc.double({ min: 1e-4, max: 1e6, noNaN: true, noDefaultInfinity: true }),
  )
  .map(([low, width]) => [low, low + width] as const);

test("linear ticks are evenly spaced, within the range, and about as many as requested", () => {
  fc.assert(
    fc.property(range, fc.integer({ min: 3, max: 8 }), ([low, high], count) => {
      const ticks = linearTicks([low, high], count);
      expect(ticks.length).toBeGreaterThanOrEqual(1);
      expect(ticks.length).toBeLessThanOrEqual(count + 1);
      const air = 1e-6 * (high - low + Math.abs(low));
      for (const tick of ticks) {
        expect(tick).toBeGreaterThanOrEqual(low - air);
        expect(tick).toBeLessThanOrEqual(high + air);
      }
    }),
  );
});

test("ticks are round numbers", () => {
  expect(linearTicks([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(linearTicks([0, 0.3], 3)).toEqual([0, 0.1, 0.2, 0.3]);
  expect(linearTicks([-3, 17], 4)).toEqual([0, 5, 10, 15]);
  expect(durationTicks([0, 600_000], 5)).toEqual([0, 120_000, 240_000, 360_000, 480_000, 600_000]);
  expect(durationTicks([0, 4 * 3_600_000], 4)).toEqual([0, 1, 2, 3, 4].map((hour) => hour * 3_600_000));
});

test("log ticks are powers of ten, finer where there is room, fewer where there is none", () => {
  expect(logTicks([1, 100], 5)).toEqual([1, 2, 5, 10, 20, 50, 100]);
  expect(logTicks([1, 1e5], 6)).toEqual([1, 10, 100, 1e3, 1e4, 1e5]);
  expect(logTicks([1, 1e12], 5).length).toBeLessThanOrEqual(5);
  expect(logTicks([3, 4], 4).length).toBeGreaterThanOrEqual(2);
});

test("the visible range contains the data, and on a log axis is above zero", () => {
  fc.assert(
    fc.property(range, ([low, high]) => {
      const shown = paddedRange([low, high], "linear");
      expect(shown[0]).toBeLessThanOrEqual(low);
      expect(shown[1]).toBeGreaterThan(high);
    }),
  );
  expect(paddedRange([0.2, 0.9], "linear")[0]).toBe(0);
  expect(paddedRange([1, 1000], "log")[0]).toBeGreaterThan(0);
  const [low, high] = paddedRange([5, 5], "linear");
  expect(low).toBeLessThan(5);
  expect(high).toBeGreaterThan(5);
});
