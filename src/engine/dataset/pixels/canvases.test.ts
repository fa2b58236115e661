import { expect, test } from "vitest";
import { drawDataset } from "../drawing/draw-dataset";
import { canvasScale, mostItems, pasteCanvases } from "./canvases";

const { train } = await drawDataset("shapes", {
  seed: 1,
  size: 16,
  difficulty: "easy",
  train: 60,
  validation: 10,
  test: 10,
});

test("a canvas has one to three items within its edges that do not overlap; the first is the image with its index", () => {
  const { set, items } = pasteCanvases(train, 40, 7);
  expect([set.count, set.size, items.length]).toEqual([40, canvasScale * 16, 40]);
  expect(new Set(items.map((on) => on.length))).toEqual(new Set([1, 2, mostItems]));
  for (const [place, on] of items.entries()) {
    expect(on[0]?.label).toBe(train.labels[place]);
    for (const [i, { x, y, side }] of on.entries()) {
      for (const middle of [x, y]) {
        expect(middle - side / 2).toBeGreaterThanOrEqual(0);
        expect(middle + side / 2).toBeLessThanOrEqual(1);
      }
      for (const other of on.slice(i + 1)) {
        const apart = Math.max(Math.abs(x - other.x), Math.abs(y - other.y));
        expect(apart).toBeGreaterThanOrEqual((side + other.side) / 2);
      }
    }
  }
});

test("equal seeds give equal canvases, others differ; an item's pixels are those of its image", () => {
  expect(pasteCanvases(train, 5, 7)).toEqual(pasteCanvases(train, 5, 7));
  expect(pasteCanvases(train, 5, 8).items).not.toEqual(pasteCanvases(train, 5, 7).items);
  const { set, items } = pasteCanvases(train, 60, 7);
  for (const [place, [item]] of items.entries()) {
    if (item?.side !== 0.5) continue;
    const [left, top] = [Math.round(32 * item.x) - 8, Math.round(32 * item.y) - 8];
    const at = (place * 32 * 32 + top * 32 + left) * 3;
    expect(set.pixels.slice(at, at + 48)).toEqual(train.pixels.slice(place * 768, place * 768 + 48));
  }
});
