import fc from "fast-check";
import { expect, test } from "vitest";
import { createShrinker, enlarge } from "./resize";

/** A square of random pixels, RGBA. */
const square = (side: number) =>
  fc
    .uint8Array({ minLength: side * side * 4, maxLength: side * side * 4 })
    .map((bytes) => new Uint8ClampedArray(bytes));

function shrink(rgba: Uint8ClampedArray, side: number, size: number): Uint8Array {
  const shrinker = createShrinker(side, size);
  // Reused: nothing of the previous image may remain.
  shrinker.start();
  for (let row = 0; row < side; row++) shrinker.addRow(new Uint8ClampedArray(side * 4).fill(99), 0);
  shrinker.start();
  for (let row = 0; row < side; row++) shrinker.addRow(rgba, row * side * 4);
  const into = new Uint8Array(size * size * 3);
  shrinker.finish(into);
  return into;
}

/** The reference by definition: the integral of the piecewise constant source over each target pixel's area. */
function meanOverAreas(rgba: Uint8ClampedArray, side: number, size: number): number[] {
  const scale = side / size;
  const overlap = (cell: number, pixel: number) =>
    Math.max(0, Math.min((cell + 1) * scale, pixel + 1) - Math.max(cell * scale, pixel));
  const means: number[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let y = 0; y < side; y++) {
          for (let x = 0; x < side; x++) {
            sum += overlap(row, y) * overlap(column, x) * (rgba[(y * side + x) * 4 + channel] ?? 0);
          }
        }
        means.push(sum / scale ** 2);
      }
    }
  }
  return means;
}

test("shrinking averages over each pixel's area", () => {
  for (const [side, size] of [
    [8, 4],
    [7, 4],
    [9, 4],
    [13, 5],
  ] as const) {
    fc.assert(
      fc.property(square(side), (rgba) => {
        const expected = meanOverAreas(rgba, side, size);
        shrink(rgba, side, size).forEach((value, i) => {
          expect(Math.abs(value - (expected[i] ?? Number.NaN))).toBeLessThanOrEqual(0.5 + 1e-9);
        });
      }),
      { numRuns: 20 },
    );
  }
});

test("an image of the right size is unchanged by either method", () => {
  fc.assert(
    fc.property(square(5), (rgba) => {
      const rgb = Uint8Array.from(rgba.filter((_, i) => i % 4 !== 3));
      expect(shrink(rgba, 5, 5)).toEqual(rgb);
      const enlarged = new Uint8Array(75);
      enlarge(rgba, 5, 5, enlarged);
      expect(enlarged).toEqual(rgb);
    }),
  );
});

test("a plain color is unchanged at every size", () => {
  for (let side = 1; side <= 40; side++) {
    const rgba = new Uint8ClampedArray(side * side * 4).fill(201);
    const size = 16;
    const result = new Uint8Array(size * size * 3);
    if (side < size) enlarge(rgba, side, size, result);
    else result.set(shrink(rgba, side, size));
    expect(new Set(result)).toEqual(new Set([201]));
  }
});

test("enlarging interpolates linearly between pixels", () => {
  const rgba = new Uint8ClampedArray([0, 0, 0, 255, 80, 80, 80, 255, 0, 0, 0, 255, 80, 80, 80, 255]);
  const result = new Uint8Array(4 * 4 * 3);
  enlarge(rgba, 2, 4, result);
  expect([0, 3, 6, 9].map((at) => result[at])).toEqual([0, 20, 60, 80]);
});
