import fc from "fast-check";
import { expect, test } from "vitest";
import { topKAccuracy } from "./classification";
import { fitRidge, ridgeLayer, ridgeScores } from "./ridge";
import text from "./ridge-golden.json?raw";

interface Golden {
  readonly name: string;
  readonly classes: number;
  readonly labels: readonly number[];
  /** Features in rows, one after the other. */
  readonly train: readonly number[];
  readonly test: readonly number[];
  readonly scores: readonly number[];
}

/** By `e2e/references/ridge.py`. */
const golden = JSON.parse(text) as Golden[];

test.each(golden)(
  "$name: the scores are those of numpy in float64",
  ({ classes, labels, train, test, scores }) => {
    const ridge = fitRidge({ features: Float32Array.from(train), labels }, classes);
    const found = ridgeScores(ridge, Float32Array.from(test));
    expect(found).toHaveLength(scores.length);
    // Standardized features are rounded to float32.
    for (const [at, score] of scores.entries())
      expect(Math.abs((found[at] as number) - score)).toBeLessThan(2e-5);
  },
);

test("it learns what a line separates, and gives every image the classes' shares where features say nothing", () => {
  const features = Float32Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? -1 : 1) + 0.01 * Math.sin(i));
  const labels = Array.from({ length: 200 }, (_, i) => i % 2);
  expect(topKAccuracy(ridgeScores(fitRidge({ features, labels }, 2), features), labels, 1)).toBe(1);
  const constant = new Float32Array(200).fill(3);
  const shares = ridgeScores(
    fitRidge({ features: constant, labels: labels.map((one) => 2 * one) }, 3),
    constant,
  );
  expect([...shares.subarray(0, 3)]).toEqual([0.5, 0, 0.5]);
});

test("scores do not depend on the scale and the offset of features, and add up to 1", () => {
  const value = fc.integer({ min: -20, max: 20 });
  const row = fc.array(value, { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 8, maxLength: 30 }),
      fc.double({ min: 0.5, max: 8, noNaN: true }),
      (rows, scale) => {
        const labels = rows.map((_, i) => i % 3);
        const scoresOf = (values: number[]) => {
          const features = Float32Array.from(values);
          return ridgeScores(fitRidge({ features, labels }, 3), features);
        };
        const spread = [0, 1, 2].map((d) => new Set(rows.map((one) => one[d])).size);
        fc.pre(Math.min(...spread) > 4);
        const plain = scoresOf(rows.flat());
        const moved = scoresOf(rows.flat().map((x) => scale * x + 1));
        for (let i = 0; i < plain.length; i++) expect(moved[i]).toBeCloseTo(plain[i] as number, 2);
        for (let i = 0; i < plain.length; i += 3) {
          const sum = [0, 1, 2].reduce((total, c) => total + (plain[i + c] as number), 0);
          expect(sum).toBeCloseTo(1, 4);
        }
      },
    ),
    { numRuns: 50 },
  );
});

test("without images there is nothing to fit", () => {
  expect(() => fitRidge({ features: new Float32Array(), labels: [] }, 2)).toThrow("at least one image");
});

test("as one linear layer it gives the same scores", () => {
  const features = Float32Array.from({ length: 120 }, (_, i) => 2 + Math.sin(7 * i) * ((i % 3) + 0.5));
  const labels = Array.from({ length: 40 }, (_, i) => (i * i) % 4);
  const ridge = fitRidge({ features, labels }, 4);
  const { weight, bias } = ridgeLayer(ridge);
  const wanted = ridgeScores(ridge, features);
  for (let row = 0; row < 40; row++) {
    for (let c = 0; c < 4; c++) {
      let score = bias[c] as number;
      for (let d = 0; d < 3; d++) score += (features[3 * row + d] as number) * (weight[4 * d + c] as number);
      expect(score).toBeCloseTo(wanted[4 * row + c] as number, 4);
    }
  }
});
