import { expect, test } from "vitest";
import { nearestOn, onMap, spreadOut } from "./map-places";

test("pictures never cover each other, and their number is limited", () => {
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

test("the nearest image is pointed at, and none where none is near", () => {
  const map = [0, 0, 0.1, 0, -0.5, 0.5];
  const at = (x: number, y: number) => ({ x: onMap(x), y: onMap(-y) });
  expect(nearestOn(map, at(0.02, 0.01), 10)).toBe(0);
  expect(nearestOn(map, at(0.09, 0), 10)).toBe(1);
  expect(nearestOn(map, at(-0.5, 0.5), 10)).toBe(2);
  expect(nearestOn(map, at(-0.5, -0.5), 10)).toBeUndefined();
});
