import * as fc from "fast-check";
import { expect, test } from "vitest";
import { smooth } from "./smooth";

const values = fc
  .array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((list) => Float64Array.from(list));
const weight = fc.double({ min: 0, max: 0.999, noNaN: true });

test("weight 0 changes nothing", () => {
  fc.assert(
    fc.property(values, (y) => {
      expect(smooth(y, 0)).toEqual(y);
    }),
  );
});

test("a constant stays constant from its first point on", () => {
  fc.assert(
    fc.property(weight, fc.double({ min: -1e3, max: 1e3, noNaN: true }), (w, level) => {
      for (const value of smooth(new Float64Array(50).fill(level), w)) expect(value).toBeCloseTo(level, 6);
    }),
  );
});

test("the first point is unchanged, and every point stays within the range so far", () => {
  fc.assert(
    fc.property(values, weight, (y, w) => {
      const smoothed = smooth(y, w);
      expect(smoothed[0]).toBeCloseTo(y[0] as number, 6);
      smoothed.forEach((value, i) => {
        const past = y.slice(0, i + 1);
        expect(value).toBeGreaterThanOrEqual(Math.min(...past) - 1e-6);
        expect(value).toBeLessThanOrEqual(Math.max(...past) + 1e-6);
      });
    }),
  );
});

test("two points at weight ½ are weighted one to two", () => {
  expect(smooth(Float64Array.of(3, 6), 0.5)[1]).toBeCloseTo((3 + 2 * 6) / 3, 12);
});

test("the input is not changed", () => {
  const y = Float64Array.from([1, 2, 3]);
  smooth(y, 0.9);
  expect([...y]).toEqual([1, 2, 3]);
});
