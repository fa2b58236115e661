import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decimate } from "./decimate";

const curve = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 300 });
const rising = (length: number) => Float64Array.from({ length }, (_, i) => i * 3);

test("there are at most as many points as the limit, in order, with both ends, and only given points", () => {
  fc.assert(
    fc.property(curve, fc.integer({ min: 3, max: 50 }), (y, limit) => {
      const kept = decimate(rising(y.length), y, limit);
      expect(kept).toHaveLength(Math.min(limit, y.length));
      expect(kept[0]).toBe(0);
      expect(kept.at(-1)).toBe(y.length - 1);
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      for (const index of kept) expect(y[index]).toBeDefined();
    }),
  );
});

test("a limit of two keeps the ends", () => {
  expect(decimate(rising(9), rising(9), 2)).toEqual([0, 8]);
});

test("a single peak survives wherever it is", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 998 }), (at) => {
      const y = new Float64Array(1000);
      y[at] = 1;
      expect(decimate(rising(1000), y, 40)).toContain(at);
    }),
  );
});

test("few enough points are left unchanged", () => {
  expect(decimate([1, 2, 3], [5, 5, 5], 3)).toEqual([0, 1, 2]);
  expect(decimate([], [], 10)).toEqual([]);
});
