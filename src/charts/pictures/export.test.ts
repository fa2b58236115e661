import { expect, test } from "vitest";
import { arm } from "../charts.testing";
import { csvField, csvText, curvesCsv, fileName } from "./export";

test("fields that would break the table are quoted, formulas are escaped, NaN is empty", () => {
  expect(csvField("a,b")).toBe('"a,b"');
  expect(csvField('say "on"')).toBe('"say ""on"""');
  expect(csvField("=1+1")).toBe("'=1+1");
  expect(csvField(-1.5)).toBe("-1.5");
  expect(csvField(Number.NaN)).toBe("");
  expect(csvText([["a", 1]])).toBe("a,1\r\n");
});

test("curves are saved in full, including hidden ones, with a line per measurement", () => {
  const text = curvesCsv([arm("a", [[0.1, 0.2], [0.3]]), arm("b", [[0.5]], true)], "step", "kNN top-1");
  expect(text.trimEnd().split("\r\n")).toEqual([
    "series,seed,step,kNN top-1",
    "Arm a,1,0,0.1",
    "Arm a,1,10,0.2",
    "Arm a,2,0,0.3",
    "Arm b,1,0,0.5",
  ]);
});

test("titles become file names", () => {
  expect(fileName("kNN top-1")).toBe("knn-top-1");
  expect(fileName("EMA momentum τ")).toBe("ema-momentum-τ");
  expect(fileName("…")).toBe("chart");
});
