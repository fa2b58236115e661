import fc from "fast-check";
import { expect, test } from "vitest";
import { findCopies, findNearCopies, type Members, type Pictures, type Placed } from "./copies";
import { withoutCopies } from "./copies-in-parts";
import { fingerprint } from "./fingerprint";

const SIZE = 16;
const BYTES = SIZE * SIZE * 3;

/** A distinct picture for each number, made of waves so that it has structure to recognize. */
function picture(number: number, lighter = 0): Uint8Array {
  return Uint8Array.from({ length: BYTES }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % SIZE, Math.floor(i / 3 / SIZE)];
    const wave =
      Math.sin(x * (0.3 + 0.11 * (number % 9)) + number) + Math.cos(y * (0.2 + 0.07 * (number % 7)) - number);
    return Math.round(110 + 40 * wave) + lighter;
  });
}

function selection(shown: readonly Uint8Array[], classOf: (at: number) => string) {
  const pixels = new Uint8Array(shown.length * BYTES);
  const prints = new Uint32Array(2 * shown.length);
  shown.forEach((bytes, at) => {
    pixels.set(bytes, at * BYTES);
    prints.set(fingerprint(bytes), 2 * at);
  });
  const images = shown.map((_, slot): Placed => ({ path: `${slot}.png`, className: classOf(slot), slot }));
  return { images, pictures: { pixels, prints, size: SIZE } satisfies Pictures };
}

const partOf = (at: number) => (["train", "train", "validation", "test"] as const)[at % 4] ?? "train";
const membersOf = (count: number): Members => {
  const all = Array.from({ length: count }, (_, at) => at);
  const inPart = (part: string) => all.filter((at) => partOf(at) === part);
  return { train: inPart("train"), validation: inPart("validation"), test: inPart("test") };
};

test("exactly the images in two parts or two classes are found, and none is learned when left out", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 8, maxLength: 24 }), (numbers) => {
      const classOf = (at: number) => (at % 3 === 0 ? "a" : "b");
      const { images, pictures } = selection(
        numbers.map((number) => picture(number)),
        classOf,
      );
      const members = membersOf(numbers.length);
      const found = findCopies(images, members, pictures);
      const twins = (at: number, differs: (other: number) => boolean) =>
        numbers.some((number, other) => number === numbers[at] && differs(other));
      const inParts = members.train.filter((at) => twins(at, (other) => partOf(other) !== "train"));
      expect([...found.acrossParts].sort((a, b) => a - b)).toEqual(inParts);
      const inClasses = numbers.flatMap((_, at) =>
        twins(at, (other) => classOf(other) !== classOf(at)) ? [at] : [],
      );
      expect([...found.acrossClasses].sort((a, b) => a - b)).toEqual(inClasses);
      const crossing = (differs: (a: number, b: number) => boolean) =>
        new Set(numbers.filter((_, at) => twins(at, (other) => differs(at, other)))).size;
      const counts = Object.fromEntries(found.notices.map(({ kind, count }) => [kind, count]));
      expect(counts["copies-across-parts"] ?? 0).toBe(crossing((a, b) => partOf(a) !== partOf(b)));
      expect(counts["copies-across-classes"] ?? 0).toBe(crossing((a, b) => classOf(a) !== classOf(b)));
      const kept = members.train.filter((at) => !inParts.includes(at) && !inClasses.includes(at));
      fc.pre(new Set(kept.map(classOf)).size === 2);
      const left = withoutCopies(images, members, pictures, new Set(["once"]));
      expect(left.members.train.every((at) => kept.includes(at))).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("a lighter copy is similar; a different picture and a blank one are not", () => {
  const flat = new Uint8Array(BYTES).fill(90);
  const shown = [picture(1), picture(2), picture(3), picture(1, 3), flat, picture(5), flat, picture(6)];
  const { images, pictures } = selection(shown, () => "a");
  const members = { train: [0, 1, 2, 4], validation: [3], test: [5, 6, 7] };
  const { near, notices } = findNearCopies(images, members, pictures, new Set());
  expect(near).toEqual([0]);
  expect(notices).toMatchObject([{ kind: "near-copies", count: 1, names: ["0.png", "3.png"] }]);
});

test("files with equal fingerprints but different pixels are not copies", () => {
  const { images, pictures } = selection([picture(1), picture(2)], () => "a");
  pictures.prints.copyWithin(2, 0, 2);
  expect(findCopies(images, { train: [0], validation: [], test: [1] }, pictures).acrossParts).toEqual([]);
});

test("leaving out all images of a class is refused", () => {
  const { images, pictures } = selection([picture(1), picture(2), picture(2)], (at) =>
    at === 0 ? "a" : "b",
  );
  const members = { train: [0, 1], validation: [], test: [2] };
  expect(() => withoutCopies(images, members, pictures, new Set(["once"]))).toThrow(/«b» has 0 of 1/);
});
