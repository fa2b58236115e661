import { expect, test } from "vitest";
import { onMap, spreadOut } from "./map-places";

test("pictures never cover each other, and there are never too many", () => {
  const map = Array.from({ length: 400 }, (_, at) => Math.sin(at * at));
  const kept = spreadOut(map, 20, 30);
  expect(kept.length).toBeGreaterThan(5);
  expect(kept.length).toBeLessThanOrEqual(30);
  for (const a of kept) {
    for (const b of kept) {
      if (a === b) continue;
      const apart = [0, 1].map((axis) =>
        Math.abs(onMap(map[2 * a + axis] ?? 0) - onMap(map[2 * b + axis] ?? 0)),
      );
      expect(Math.max(...apart)).toBeGreaterThan(20);
    }
  }
});
