import fc from "fast-check";
import { expect, test } from "vitest";
import { Sampler } from "./sampler";

const sizes = fc
  .tuple(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 120 }), fc.nat(1000))
  .filter(([batchSize, count]) => count >= batchSize);

test("an epoch has no image twice, and all but a remainder smaller than a batch", () => {
  fc.assert(
    fc.property(sizes, ([batchSize, count, seed]) => {
      const sampler = new Sampler(seed, count, batchSize);
      const met = Array.from({ length: sampler.stepsPerEpoch }, (_, step) => [...sampler.batch(step)]).flat();
      expect(new Set(met).size).toBe(met.length);
      expect(met.every((index) => index < count)).toBe(true);
      expect(count - met.length).toBeLessThan(batchSize);
    }),
  );
});

test("a batch depends only on seed and step, not on earlier calls", () => {
  fc.assert(
    fc.property(
      sizes,
      fc.array(fc.nat(60), { minLength: 1, maxLength: 8 }),
      ([batchSize, count, seed], steps) => {
        const used = new Sampler(seed, count, batchSize);
        for (const step of steps)
          expect(used.batch(step)).toEqual(new Sampler(seed, count, batchSize).batch(step));
      },
    ),
  );
});

test("epochs and seeds differ in order", () => {
  const first = new Sampler(1, 64, 64);
  expect(first.batch(0)).not.toEqual(first.batch(1));
  expect(first.batch(0)).not.toEqual(new Sampler(2, 64, 64).batch(0));
  expect(first.epochOf(1)).toBe(1);
});

test("fewer images than a batch are refused with both counts", () => {
  expect(() => new Sampler(1, 31, 32)).toThrow(/batch of 32 .* there are 31/);
});
