import { describe, expect, test } from "vitest";
import { goldenVector, largestError } from "../math/golden-vectors.test-support";
import { fixResolution, layerRates, transferRates } from "./ssld-transfer";

describe("golden vectors", () => {
  test("fix.resolution", () => {
    const { inputs, expected } = goldenVector("fix.resolution");
    const sides: number[] = inputs.train;
    expect(sides.map((side) => fixResolution(side))).toEqual(expected.test_1p15);
    expect(sides.map((side) => fixResolution(side, 4))).toEqual(expected.multiple_of_4);
  });

  test("lrlist.resnet", () => {
    const { inputs, params, expected, tol } = goldenVector("lrlist.resnet");
    const rates = layerRates(inputs.base_lr, params.list);
    expect(rates).toHaveLength(inputs.groups.length);
    expect(largestError(rates, expected.lr)).toBeLessThanOrEqual(tol);
    expect(transferRates.resnet).toEqual(params.list);
  });
});

test("no list gives a later layer a lower rate than an earlier one", () => {
  for (const factors of Object.values(transferRates)) {
    expect([...factors].sort((a, b) => a - b)).toEqual(factors);
  }
});
