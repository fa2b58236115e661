import fc from "fast-check";
import { expect, test } from "vitest";
import { publishedGroups } from "./norm-groups";

test("groups are of 32 images, or of the next number above that divides the batch", () => {
  for (const [batch, groups] of [
    [256, 8],
    [64, 2],
    [48, 1],
    [33, 1],
    [32, 1],
    [2, 1],
  ] as const) {
    expect(publishedGroups(batch)).toBe(groups);
  }
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 1024 }), (batch) => {
      const size = batch / publishedGroups(batch);
      expect(Number.isInteger(size)).toBe(true);
      expect(size).toBeGreaterThanOrEqual(Math.min(batch, 32));
      for (let smaller = 32; smaller < size; smaller++) expect(batch % smaller).not.toBe(0);
    }),
  );
});
