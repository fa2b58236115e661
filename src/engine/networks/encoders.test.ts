import { expect, test } from "vitest";
import { type EncoderName, encoderCost, encoderParameters, encoderStatistics, planEncoder } from "./encoders";

/** Table of docs/methods.md §2 at 32 px, rounded as there: name, α, MMAC, million parameters, features, binary MMAC. */
const published: readonly (readonly [EncoderName, number, number, number, number, number, number])[] = [
  ["MBV3s", 0.5, 4.0, 0.15, 288, 0, 0.05],
  ["MBV3s", 1, 12.2, 0.55, 576, 0, 0.05],
  ["ReAct", 1, 0.44, 1.1, 256, 43, 0.05],
  ["ViT", 1, 32, 0.45, 96, 0, 0.05],
];

test.each(published)(
  "the cost of %s at width %d matches the table",
  (name, width, mmac, millions, features, binary, tolerance) => {
    const plan = planEncoder(name, width);
    const { macs, parameters, binaryMacs = 0 } = encoderCost(plan, 32);
    expect(plan.features).toBe(features);
    expect(Math.abs(macs / 1e6 / mmac - 1), `${macs / 1e6} MMAC`).toBeLessThan(tolerance);
    expect(Math.abs(parameters / 1e6 / millions - 1), `${parameters / 1e6} M`).toBeLessThan(tolerance);
    expect(Math.abs(binaryMacs / 1e6 - binary), `${binaryMacs / 1e6} binary MMAC`).toBeLessThan(1);
  },
);

test("the large MobileNet costs more than twice the small one, with features of its own", () => {
  const [small, large] = [planEncoder("MBV3s", 1), planEncoder("MBV3l", 1)];
  expect(encoderCost(large, 32).macs / encoderCost(small, 32).macs).toBeGreaterThan(2);
  expect(large.features).toBe(960);
});

test.each(["R8", "MBV3s", "MBV3l", "ReAct", "ViT"] as const)(
  "%s can be planned at every allowed width, and its parameters have different names",
  (name) => {
    for (const width of [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1]) {
      const plan = planEncoder(name, width);
      const names = [...encoderParameters(plan), ...encoderStatistics(plan)].map(
        (parameter) => parameter.name,
      );
      expect(new Set(names).size).toBe(names.length);
      expect(encoderCost(plan, 16).macs).toBeGreaterThan(0);
    }
  },
);
