import { expect, test } from "vitest";
import { sparkPath } from "./Sparkline";

test("the greatest value is at the top, the first at the left, and everything is within the box", () => {
  expect(sparkPath([0, 1, 2], [0, 10, 5], 104, 24)).toBe("M2 22 L52 2 L102 12");
});

test("a constant curve runs through the middle, one point is a dot, none is empty", () => {
  expect(sparkPath([0, 1], [7, 7], 96, 24)).toBe("M2 12 L94 12");
  expect(sparkPath([3], [7], 96, 24)).toBe("M48 12 l0.01 0");
  expect(sparkPath([], [], 96, 24)).toBe("");
  expect(sparkPath([0, 1, 2], [0, Number.NaN, 1], 96, 24)).toBe("M2 22 L94 2");
});
