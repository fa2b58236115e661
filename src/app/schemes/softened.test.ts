import fc from "fast-check";
import { expect, test } from "vitest";
import { softened } from "./softened";

const logits = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 1, maxLength: 8 });

test("shares add up to one at any temperature, and keep the order of the logits", () => {
  fc.assert(
    fc.property(logits, fc.double({ min: 0.01, max: 20, noNaN: true }), (given, temperature) => {
      const shares = softened(given, temperature);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
      const greatest = given.indexOf(Math.max(...given));
      expect(shares[greatest]).toBe(Math.max(...shares));
    }),
  );
});

test("a higher temperature lets unlikely classes be heard", () => {
  const [, cold = 0] = softened([5, 0], 1);
  const [, warm = 0] = softened([5, 0], 4);
  expect(warm).toBeGreaterThan(cold);
  expect(softened([5, 0], 1e6)[1]).toBeCloseTo(0.5);
});
