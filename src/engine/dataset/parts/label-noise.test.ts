import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withLabelNoise } from "./label-noise";

const classes = 5;
const set = {
  count: 4_000,
  size: 1,
  channels: 1 as const,
  pixels: new Uint8Array(4_000),
  labels: Int32Array.from({ length: 4_000 }, (_, i) => i % classes),
};
const hits = (share: number, seed = 3) =>
  Array.from(withLabelNoise(set, classes, share, seed).labels.entries())
    .filter(([index, label]) => label !== set.labels[index])
    .map(([index]) => index);

describe("label noise", () => {
  test("changes its share of the labels, and none or all at 0 and 1", () => {
    expect(hits(0)).toEqual([]);
    expect(hits(1)).toHaveLength(set.count);
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.nat(1_000), (share, seed) => {
        // Five standard deviations of a binomial count.
        const spread = 5 * Math.sqrt(set.count * share * (1 - share));
        expect(Math.abs(hits(share, seed).length - share * set.count)).toBeLessThan(spread);
      }),
      { numRuns: 20 },
    );
  });

  test("wrong labels are spread over all other classes and remain valid", () => {
    const noisy = withLabelNoise(set, classes, 1, 1).labels;
    const table = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
    noisy.forEach((label, index) => {
      const row = table[set.labels[index] as number] as number[];
      row[label] = (row[label] ?? 0) + 1;
    });
    table.forEach((row, own) => {
      row.forEach((count, label) => {
        if (label === own) expect(count).toBe(0);
        else expect(count).toBeGreaterThan(140);
      });
    });
  });

  test("depends on the seed, and a larger share extends a smaller one", () => {
    expect(hits(0.3)).toEqual(hits(0.3));
    expect(hits(0.3, 4)).not.toEqual(hits(0.3));
    const more = new Set(hits(0.6));
    for (const index of hits(0.3)) expect(more).toContain(index);
  });

  test("leaves the given set unchanged", () => {
    const before = set.labels.slice();
    withLabelNoise(set, classes, 0.5, 1);
    expect(set.labels).toEqual(before);
  });
});
