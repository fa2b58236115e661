import { expect, test } from "vitest";
import { paperLines } from "./paper-lines";

test("a row of a paper's table is a line for each of its figures, named by the paper's own words", () => {
  const long = paperLines.find(({ id }) => id === "simdis-table-1 2");
  expect(long?.setting).toContain("ImageNet");
  expect(long?.label).toBe("epochs 1000");
  expect(long?.lines).toEqual([
    { label: "paper: Off, epochs 1000", value: expect.closeTo(0.6718) },
    { label: "paper: On, epochs 1000", value: expect.closeTo(0.6678) },
    { label: "paper: On-7v, epochs 1000", value: expect.closeTo(0.6614) },
  ]);
});

test("every line is an accuracy, and ids are distinct", () => {
  expect(paperLines.length).toBeGreaterThan(10);
  for (const { lines } of paperLines)
    for (const { value } of lines) expect(value > 0.3 && value < 1).toBe(true);
  expect(new Set(paperLines.map(({ id }) => id)).size).toBe(paperLines.length);
});

test("a mean average precision is no accuracy", () => {
  expect(paperLines.filter(({ setting }) => setting.includes("mAP"))).toEqual([]);
});
