import { describe, expect, test } from "vitest";
import { goldenVector } from "../math/golden-vectors.test-support";
import { crashOf } from "./crash";

const checks = (accuracies: readonly number[]) => accuracies.map((accuracy) => ({ accuracy }));

describe("golden vectors", () => {
  test("dml.crash", () => {
    const { inputs, params, expected } = goldenVector("dml.crash");
    const at = crashOf(checks(inputs.acc), params);
    expect({ crashed: at !== undefined, epoch: at }).toEqual(expected);
  });
});

const rule = { classes: 10 };

test("a member that never learned has not crashed", () => {
  expect(crashOf(checks([0.1, 0.1, 0.11, 0.1, 0.1]), rule)).toBeUndefined();
});

test("two evaluations at chance are no crash, and a recovery resets the count", () => {
  expect(crashOf(checks([0.5, 0.1, 0.1, 0.3, 0.1, 0.1]), rule)).toBeUndefined();
  expect(crashOf(checks([0.5, 0.1, 0.1, 0.3, 0.1, 0.1, 0.1]), rule)).toBe(4);
});

test("outputs that are not finite are a crash at once", () => {
  expect(crashOf(checks([0.1, Number.NaN]), rule)).toBe(1);
});

test("a member that predicts one class for nearly all images has crashed, whatever its accuracy", () => {
  const collapsed = { accuracy: 0.2, largestShare: 0.99 };
  expect(crashOf([{ accuracy: 0.4 }, collapsed, collapsed, collapsed], rule)).toBe(1);
  expect(crashOf([{ accuracy: 0.4 }, collapsed, collapsed], { classes: 10, patience: 2 })).toBe(1);
});
