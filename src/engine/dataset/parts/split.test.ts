import fc from "fast-check";
import { expect, test } from "vitest";
import { stratifiedSplit } from "./split";

const CLASSES = 4;
const labels = fc.array(fc.nat(CLASSES - 1), { maxLength: 200 });
const shares = fc.record({
  validation: fc.constantFrom(0, 0.1, 0.25),
  test: fc.constantFrom(0, 0.2, 0.5),
});

test("every sample is in exactly one part", () => {
  fc.assert(
    fc.property(labels, shares, fc.nat(), (given, share, seed) => {
      const { train, validation, test } = stratifiedSplit(given, CLASSES, share, seed);
      const all = [...train, ...validation, ...test].sort((a, b) => a - b);
      expect(all).toEqual(given.map((_, i) => i));
    }),
  );
});

test("each class gives its share, and at least one sample to each part", () => {
  fc.assert(
    fc.property(labels, shares, fc.nat(), (given, share, seed) => {
      const split = stratifiedSplit(given, CLASSES, share, seed);
      for (let label = 0; label < CLASSES; label++) {
        const [train, validation, test] = [split.train, split.validation, split.test].map(
          (part) => part.filter((i) => given[i] === label).length,
        ) as [number, number, number];
        const count = train + validation + test;
        const parts = 1 + Math.ceil(share.validation) + Math.ceil(share.test);
        if (count < parts) expect(train).toBe(count);
        else {
          expect(train).toBeGreaterThanOrEqual(1);
          expect(Math.abs(test - count * share.test)).toBeLessThan(1 + 1e-9);
          expect(Math.abs(validation - count * share.validation)).toBeLessThan(1 + 1e-9);
          expect(validation > 0).toBe(share.validation > 0);
          expect(test > 0).toBe(share.test > 0);
        }
      }
    }),
  );
});

test("the split depends on the seed alone", () => {
  const given = Array.from({ length: 100 }, (_, i) => i % CLASSES);
  const share = { validation: 0.1, test: 0.2 };
  const first = stratifiedSplit(given, CLASSES, share, 1);
  expect(stratifiedSplit(given, CLASSES, share, 1)).toEqual(first);
  expect(stratifiedSplit(given, CLASSES, share, 2)).not.toEqual(first);
});

test("a class's draw does not depend on the other classes' sizes", () => {
  const share = { validation: 0, test: 0.3 };
  const short = [...Array<number>(20).fill(0), ...Array<number>(10).fill(1)];
  const long = [...Array<number>(20).fill(0), ...Array<number>(40).fill(1)];
  const ofFirst = (given: number[]) => stratifiedSplit(given, 2, share, 5).test.filter((i) => i < 20);
  expect(ofFirst(long)).toEqual(ofFirst(short));
});
