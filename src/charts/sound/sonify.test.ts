import { expect, test } from "vitest";
import { curveOf } from "../series/curve";
import { tonesOf } from "./sonify";

test("a rising curve rises in pitch, over three octaves where it fills the chart", () => {
  const tones = tonesOf(curveOf([0, 50, 100], [0, 0.5, 1]), [0, 1], 2);
  const pitches = tones.map(({ frequency }) => frequency);
  expect(pitches).toEqual(pitches.toSorted((a, b) => a - b));
  expect((pitches.at(-1) ?? 0) / (pitches[0] ?? 1)).toBeCloseTo(8, 6);
  expect(tones[0]?.at).toBe(0);
  expect(tones.at(-1)?.at).toBe(2);
});

test("equal values of two curves on one chart have the same pitch", () => {
  const shown = [0, 1] as const;
  const flat = tonesOf(curveOf([0, 10], [0.25, 0.25]), shown, 1);
  const other = tonesOf(curveOf([0, 999], [0.25, 0.25]), shown, 1);
  expect(flat).toEqual(other);
  expect(new Set(flat.map(({ frequency }) => frequency)).size).toBe(1);
});

test("values outside the range stay audible", () => {
  expect(tonesOf(curveOf([], []), [0, 1], 2)).toEqual([]);
  const outside = tonesOf(curveOf([0, 1], [-5, 5]), [0, 1], 1).map(({ frequency }) => frequency);
  expect(Math.min(...outside)).toBe(180);
  expect(Math.max(...outside)).toBe(1440);
  // A constant curve whose range is empty: no division by zero.
  for (const { frequency } of tonesOf(curveOf([0, 1], [2, 2]), [2, 2], 1))
    expect(Number.isFinite(frequency)).toBe(true);
});
