import { expect, test } from "vitest";
import type { ImageSet } from "../dataset";
import { concatenated, subset } from "../unlabeled";
import { shrunk } from "./shrunk";

/** Four images whose pixels all differ from their neighbors. */
function setOf(size: number, channels: 1 | 3): ImageSet {
  const pixels = Uint8Array.from(
    { length: 4 * size * size * channels },
    (_, at) => (at * 73 + (at >> 5)) % 256,
  );
  return { count: 4, size, channels, pixels, labels: Int32Array.of(0, 1, 0, 1) };
}

test.each([1, 3] as const)("with %d channels a pixel is the mean of those that it replaces", (channels) => {
  const set = setOf(12, channels);
  const small = shrunk(set, 4);
  expect(small).toMatchObject({ count: 4, size: 4, channels, labels: set.labels });
  for (const [image, y, x, channel] of [
    [0, 0, 0, 0],
    [3, 2, 1, channels - 1],
  ] as const) {
    const at = (row: number, column: number) =>
      set.pixels[((image * 12 + row) * 12 + column) * channels + channel] as number;
    const covered = [0, 1, 2].flatMap((down) => [0, 1, 2].map((right) => at(3 * y + down, 3 * x + right)));
    const mean = Math.floor(covered.reduce((sum, value) => sum + value, 0) / 9 + 0.5);
    expect(small.pixels[((image * 4 + y) * 4 + x) * channels + channel]).toBe(mean);
  }
});

test("images that are no larger stay the same set; smaller ones keep the larger as their detail, also in parts", () => {
  const set = setOf(12, 3);
  expect(shrunk(set, 12)).toBe(set);
  const small = shrunk(set, 6);
  expect(small.detail).toBe(set);
  expect(shrunk(set, 6)).toBe(small);
  const some = subset(small, [2, 0]);
  expect(some.detail).toEqual(subset(set, [2, 0]));
  expect(concatenated(some, some).detail?.count).toBe(4);
  expect(concatenated(small, { ...small, detail: set }).pixels).toHaveLength(2 * small.pixels.length);
});
