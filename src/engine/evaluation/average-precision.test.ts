import { expect, test } from "vitest";
import { averagePrecision, overlapOf } from "./average-precision";

const item = { label: 1, x: 0.5, y: 0.5, side: 0.4 };
const found = (score: number, over: Partial<typeof item> = {}) => ({ ...item, ...over, score });

test("the IoU of a square with itself is 1, of disjoint squares 0, of a square moved by half its side a third", () => {
  expect(overlapOf(item, item)).toBeCloseTo(1, 12);
  expect(overlapOf(item, { ...item, x: 0.95 })).toBe(0);
  expect(overlapOf(item, { ...item, x: 0.7 })).toBeCloseTo(1 / 3, 12);
});

test("Detection transfer: AP@.5 is 1 if all objects are found, 0 if none is, and a false positive costs more the higher it ranks", () => {
  expect(averagePrecision([[found(0.9)]], [[item]])).toBe(1);
  expect(averagePrecision([[]], [[item]])).toBe(0);
  expect(averagePrecision([[found(0.9, { label: 2 })]], [[item]])).toBe(0);
  const elsewhere = { x: 0.1, y: 0.1 };
  expect(averagePrecision([[found(0.9, elsewhere), found(0.5)]], [[item]])).toBe(0.5);
  expect(averagePrecision([[found(0.5), found(0.4, elsewhere)]], [[item]])).toBe(1);
  // A second box for the same object is a false positive.
  expect(averagePrecision([[found(0.9), found(0.8)], [found(0.7)]], [[item], [{ ...item }]])).toBeCloseTo(
    (1 + 2 / 3) / 2,
    12,
  );
  expect(averagePrecision([[found(0.9)], []], [[item], [{ ...item, label: 3 }]])).toBe(0.5);
});
