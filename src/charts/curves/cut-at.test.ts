import fc from "fast-check";
import { expect, test } from "vitest";
import { cutAt } from "./cut-at";

const line = { seed: 1, x: [0, 10, 20], y: [0, 1, 0] };

test("a curve ends on the line between two measurements", () => {
  expect(cutAt([line], 15)).toEqual([{ seed: 1, x: [0, 10, 15], y: [0, 1, 0.5] }]);
});

test("at a measurement it ends there, before the first it is empty, and after the last it is whole", () => {
  expect(cutAt([line], 10)).toEqual([{ seed: 1, x: [0, 10], y: [0, 1] }]);
  expect(cutAt([line], -1)).toEqual([{ seed: 1, x: [], y: [] }]);
  expect(cutAt([line], 20)).toEqual([line]);
});

test("what was drawn stays while the curve grows", () => {
  const places = fc.uniqueArray(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(places, fc.integer({ max: 1_000 }), (chosen, until) => {
      const x = chosen.toSorted((a, b) => a - b);
      const [cut] = cutAt([{ seed: 1, x, y: x.map(Math.sin) }], until);
      const kept = x.filter((place) => place <= until);
      expect(Array.from(cut?.x ?? []).slice(0, kept.length)).toEqual(kept);
      expect(Math.max(...Array.from(cut?.x ?? []), Number.NEGATIVE_INFINITY)).toBeLessThanOrEqual(
        Math.max(until, ...kept),
      );
    }),
  );
});
