import fc from "fast-check";
import { expect, test } from "vitest";
import { changes, confusion, mostConfused } from "./encoders";

const classes = 4;
const predictions = fc.array(fc.tuple(fc.nat(classes - 1), fc.nat(classes - 1), fc.nat(classes - 1)), {
  maxLength: 60,
});

test("every image is in exactly the cell that both answers determine", () => {
  fc.assert(
    fc.property(predictions, (triples) => {
      const [reference, student] = [triples.map(([a]) => a), triples.map(([, b]) => b)];
      const cells = confusion(reference, student, classes);
      expect(cells.flat(2).toSorted((a, b) => a - b)).toEqual([...triples.keys()]);
      cells.forEach((row, given) => {
        row.forEach((places, answered) => {
          for (const at of places) expect([reference[at], student[at]]).toEqual([given, answered]);
        });
      });
    }),
  );
});

test("fixed minus broken equals the difference in accuracy", () => {
  fc.assert(
    fc.property(predictions, (triples) => {
      const [labels, reference, student] = [0, 1, 2].map((which) =>
        triples.map((triple) => triple[which] ?? 0),
      );
      const right = (answers: readonly number[] = []) =>
        answers.filter((one, at) => one === labels?.[at]).length;
      const { fixed, broken } = changes(labels ?? [], reference ?? [], student ?? []);
      expect(fixed.length - broken.length).toBe(right(student) - right(reference));
    }),
  );
});

test("with many classes, those confused most often are kept, in their original order", () => {
  // Class 3 is predicted as 1 twice and as 0 once; class 2 is always right.
  const cells = confusion([3, 3, 3, 2, 2, 2, 2, 0], [1, 1, 0, 2, 2, 2, 2, 0], classes);
  expect(mostConfused(cells, 2)).toEqual([1, 3]);
  expect(mostConfused(cells, 3)).toEqual([0, 1, 3]);
  expect(mostConfused(cells, classes)).toEqual([0, 1, 2, 3]);
});
