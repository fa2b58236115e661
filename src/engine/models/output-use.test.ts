import { expect, test } from "vitest";
import { rowsOf } from "./output-use";

const output = (...rows: readonly (readonly number[])[]) => ({
  shape: [rows.length, rows[0]?.length ?? 0],
  values: Float32Array.from(rows.flat()),
});
const softmax = (logits: readonly number[]) => {
  const parts = logits.map(Math.exp);
  const sum = parts.reduce((all, one) => all + one, 0);
  return parts.map((part) => part / sum);
};

test("shares that a model ends in become logits of the same shares; logits stay, and so do embeddings", () => {
  const shares = softmax([1, -2, 0.5]);
  const { rows } = rowsOf(output(shares, [0, 1, 0]), "logits", "channelsLast");
  expect(softmax([...rows.subarray(0, 3)])).toEqual(shares.map((share) => expect.closeTo(share, 5)));
  expect([...rows].every(Number.isFinite)).toBe(true);
  expect(rows[4]).toBe(0);

  const logits = [0.5, 2, -1];
  expect([...rowsOf(output(logits), "logits", "channelsLast").rows]).toEqual(logits);
  const embedding = [0.25, 0.25, 0.5];
  expect([...rowsOf(output(embedding), "embedding", "channelsLast").rows]).toEqual(embedding);
});
