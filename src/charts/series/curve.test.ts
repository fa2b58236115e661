import * as fc from "fast-check";
import { expect, test } from "vitest";
import { curveOf, interpolated, valueAt, windowIndices } from "./curve";

const number = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0.5),
);

test("a curve is strictly increasing in x, finite, and holds only given points", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { maxLength: 40 }), (points) => {
      const { x, y } = curveOf(
        points.map(([atX]) => atX),
        points.map(([, atY]) => atY),
      );
      expect(y).toHaveLength(x.length);
      x.forEach((value, i) => {
        if (i > 0) expect(value).toBeGreaterThan(x[i - 1] as number);
        expect(points).toContainEqual([value, y[i]]);
      });
    }),
  );
});

test("of points at one x the last is kept", () => {
  const { x, y } = curveOf([1, 2, 2, 3], [10, 20, 21, 30]);
  expect([...x]).toEqual([1, 2, 3]);
  expect([...y]).toEqual([10, 21, 30]);
});

test("lists of unequal length end with the shorter", () => {
  expect(curveOf([1, 2, 3], [1]).x).toHaveLength(1);
});

test("values between points are interpolated, and beyond them there are none", () => {
  const curve = curveOf([0, 10, 20], [0, 100, 0]);
  expect(valueAt(curve, 10)).toBe(100);
  expect(valueAt(curve, 4)).toBeCloseTo(40, 12);
  expect(valueAt(curve, 15)).toBeCloseTo(50, 12);
  expect(valueAt(curve, -1)).toBeNaN();
  expect(valueAt(curve, 21)).toBeNaN();
});

test("a window has its points and one neighbor on either side", () => {
  const x = Float64Array.from([0, 1, 2, 3, 4, 5]);
  expect(windowIndices(x, [2, 3])).toEqual([1, 4]);
  expect(windowIndices(x, [2.5, 3.5])).toEqual([2, 5]);
  expect(windowIndices(x, [-9, 9])).toEqual([0, 6]);
  expect(windowIndices(new Float64Array(), [0, 1])).toEqual([0, 0]);
});

test("evaluating along a grid equals looking up each position", () => {
  const places = fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 40 });
  fc.assert(
    fc.property(places, places, (x, grid) => {
      const rising = [...new Set(x)].sort((a, b) => a - b);
      const curve = curveOf(
        rising,
        rising.map((place) => place ** 2),
      );
      const asked = Float64Array.from(grid.sort((a, b) => a - b));
      expect(interpolated(curve, asked)).toEqual(asked.map((place) => valueAt(curve, place)));
    }),
  );
});
