import fc from "fast-check";
import { expect, test } from "vitest";
import { distillationLoss, entropyBits, softened } from "./softened";

const logits = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 1, maxLength: 8 });

test("probabilities add up to one at any temperature and keep the order of the logits", () => {
  fc.assert(
    fc.property(logits, fc.double({ min: 0.01, max: 20, noNaN: true }), (given, temperature) => {
      const shares = softened(given, temperature);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
      const greatest = given.indexOf(Math.max(...given));
      expect(shares[greatest]).toBe(Math.max(...shares));
    }),
  );
});

test("a higher temperature gives unlikely classes more weight", () => {
  const [, cold = 0] = softened([5, 0], 1);
  const [, warm = 0] = softened([5, 0], 4);
  expect(warm).toBeGreaterThan(cold);
  expect(softened([5, 0], 1e6)[1]).toBeCloseTo(0.5);
});

test("a higher temperature raises the entropy, up to that of the uniform distribution", () => {
  const at = (temperature: number) => entropyBits(softened([7, 4, 2.5, -1], temperature));
  expect(at(2)).toBeGreaterThan(at(1));
  expect(at(1e6)).toBeCloseTo(2);
  expect(entropyBits([1, 0])).toBe(0);
});

test("a student equal to its teacher has no loss; at high temperatures the loss compares logits", () => {
  expect(distillationLoss([3, 1, 0], [5, 3, 2], 4)).toBeCloseTo(0);
  expect(distillationLoss([3, 1, 0], [0, 1, 3], 1)).toBeGreaterThan(1);
  // Hinton et al. 2015, §2.1, with logits of mean zero: Σ (t − s)² / 2n.
  expect(distillationLoss([2, -1, -1], [0, 1, -1], 1_000)).toBeCloseTo((4 + 4) / 6, 2);
});
