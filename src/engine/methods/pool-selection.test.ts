import { describe, expect, test } from "vitest";
import { goldenVector } from "../math/golden-vectors.test-support";
import { selectFromPool } from "./pool-selection";

const asRecord = (byClass: readonly (readonly number[])[]) => Object.fromEntries(byClass.entries());

describe("golden vectors", () => {
  test("select.topk_per_class", () => {
    const { inputs, params, expected } = goldenVector("select.topk_per_class");
    const pool = { probabilities: inputs.probs, duplicates: inputs.duplicate_of_heldout };
    expect(asRecord(selectFromPool(pool, params.k).byClass)).toEqual(expected.kept_by_class);
  });

  test("select.topk_relaxed", () => {
    const { inputs, params, expected } = goldenVector("select.topk_relaxed");
    const pool = { probabilities: inputs.probs, duplicates: inputs.duplicate_of_heldout };
    const { byClass, union } = selectFromPool(pool, params.k, "relaxed");
    expect(asRecord(byClass)).toEqual(expected.kept_by_class);
    expect(union).toEqual(expected.union);
  });
});

test("Unlabeled expansion, dedupe, top-k: at most k per class and no held-out image", () => {
  const duplicates = [true, true, false, false];
  const probabilities = [
    [0.9, 0.1],
    [0.8, 0.2],
    [0.7, 0.3],
    [0.6, 0.4],
  ];
  expect(selectFromPool({ probabilities, duplicates }, 1)).toEqual({ byClass: [[2], []], union: [2] });
});
