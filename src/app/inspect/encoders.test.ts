import fc from "fast-check";
import { expect, test } from "vitest";
import { changes, confusion } from "./encoders";

const classes = 4;
const predictions = fc.array(fc.tuple(fc.nat(classes - 1), fc.nat(classes - 1), fc.nat(classes - 1)), {
  maxLength: 60,
});

test("every image stands in the one cell that both answers name", () => {
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

test("what is fixed and what is broken adds up to the difference in accuracy", () => {
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
