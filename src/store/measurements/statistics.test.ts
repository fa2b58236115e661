import { describe, expect, test } from "vitest";
import { mean, pairedDifference, sampleDeviation } from "./statistics";

interface Vectors {
  readonly vectors: readonly {
    readonly id: string;
    readonly inputs: { readonly acc: readonly number[] };
    readonly expected: { readonly mean: number; readonly std: number };
    readonly tol: number;
  }[];
}

// A glob instead of an import, because the store must not import the engine.
const [text] = Object.values(
  import.meta.glob<string>("../../engine/math/golden-vectors.json", {
    query: "?raw",
    import: "default",
    eager: true,
  }),
);

describe("golden vectors", () => {
  test("stats.mean_std", () => {
    const vector = (JSON.parse(text ?? "") as Vectors).vectors.find(({ id }) => id === "stats.mean_std");
    if (!vector) return expect.unreachable("no such vector");
    const { inputs, expected, tol } = vector;
    expect(Math.abs(mean(inputs.acc) - expected.mean)).toBeLessThanOrEqual(tol);
    expect(Math.abs(sampleDeviation(inputs.acc) - expected.std)).toBeLessThanOrEqual(tol);
  });
});

test("differences are taken seed by seed, over the seeds that both arms have", () => {
  const difference = pairedDifference(
    new Map([
      [1, 0.5],
      [2, 0.7],
      [3, 0.9],
    ]),
    new Map([
      [2, 0.6],
      [1, 0.3],
    ]),
  );
  expect(difference.n).toBe(2);
  expect(difference.bySeed.map(({ seed }) => seed)).toEqual([1, 2]);
  expect(difference.mean).toBeCloseTo(0.15, 12);
  expect(difference.deviation).toBeCloseTo(Math.SQRT1_2 * 0.1, 12);
});

test("one run has no spread", () => {
  expect(sampleDeviation([0.5])).toBeNaN();
});
