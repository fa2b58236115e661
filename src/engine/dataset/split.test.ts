import fc from "fast-check";
import { expect, test } from "vitest";
import { stratifiedSplit } from "./split";

const CLASSES = 4;
const labels = fc.array(fc.nat(CLASSES - 1), { maxLength: 200 });
const shares = fc.record({
  validation: fc.constantFrom(0, 0.1, 0.25),
  test: fc.constantFrom(0, 0.2, 0.5),
});

test("every sample lands in exactly one part", () => {
  fc.assert(
    fc.property(labels, shares, fc.nat(), (given, share, seed) => {
      const { train, validation, test } = stratifiedSplit(given, CLASSES, share, seed);
      const all = [...train, ...validation, ...test].sort((a, b) => a - b);
      expect(all).toEqual(given.map((_, i) => i));
    }),
  );
});

test("each class gives its share, and at least one where it can", () => {
  fc.assert(
    fc.property(labels, shares, fc.nat(), (given, share, seed) => {
      const split = stratifiedSplit(given, CLASSES, share, seed);
      for (let label = 0; label < CLASSES; label++) {
        const count = given.filter((found) => found === label).length;
        const ofTest = split.test.filter((i) => given[i] === label).length;
        if (share.test === 0) expect(ofTest).toBe(0);
        else expect(ofTest).toBe(Math.min(count, Math.max(1, Math.round(count * share.test))));
      }
    }),
  );
});

test("the seed decides, and nothing else", () => {
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
