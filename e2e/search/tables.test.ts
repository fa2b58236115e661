import { expect, test } from "vitest";
import type { SearchRecord } from "./records";
import { bestOf, reachedOf } from "./tables";

const record = (
  method: SearchRecord["method"],
  change: string,
  seed: number,
  knnTop1: number,
): SearchRecord => ({
  link: `${method} ${change} ${seed}`,
  method,
  change,
  tflops: 0.5,
  seed,
  steps: 100,
  validation: { knnTop1, top1: 1 - knnTop1 },
  floors: { pixels: 0.26, calibrated: 0.18 },
  seconds: 10,
  device: "",
  commit: "",
});

test("the best changes are those of the first seed, by the method's own measure, and the base comes first", () => {
  const byol = [
    record("byol", "a", 101, 0.3),
    record("byol", "base", 101, 0.2),
    record("byol", "b", 101, 0.5),
    record("byol", "c", 101, 0.4),
    // Only what has the first seed can be compared.
    record("byol", "d", 102, 0.9),
  ];
  expect(bestOf("byol", byol, 2)).toEqual(["base", "b", "c"]);
  const labeled = byol.map((one) => ({ ...one, method: "kd" as const }));
  expect(bestOf("kd", labeled, 1)).toEqual(["base", "a"]);
  expect(bestOf("kd", [], 2)).toEqual(["base"]);
});

test("a base has got as far as expected by its mean over seeds, above another floor at larger budgets", () => {
  const records = [
    record("byol", "base", 101, 0.3),
    record("byol", "base", 102, 0.38),
    record("byol", "rate × 2", 101, 0.9),
    record("simdis-off", "base", 101, 0.32),
    record("kd", "base", 101, 0.9),
  ];
  const [small = ""] = reachedOf(records, 0.5);
  expect(small).toContain("Reached: BYOL (+16.0).");
  expect(small).toContain("Not reached: SimDis-Off (+14.0).");
  const [large = ""] = reachedOf(records, 5);
  expect(large).toContain("Reached: BYOL (+8.0), SimDis-Off (+6.0).");
  expect(large).toContain("Not reached: none.");
  expect(reachedOf([record("kd", "base", 101, 0.9)], 0.5)).toEqual([]);
});
