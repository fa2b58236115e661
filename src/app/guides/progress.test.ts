import fc from "fast-check";
import { expect, test } from "vitest";
import { guides } from "../../protocol/guides/guides";
import { forgotten, parseProgress, predictionOf, withPrediction } from "./progress";

test("whatever was stored, something usable is read", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      const { steps, predictions } = parseProgress(text);
      expect(Object.values(steps).every((step) => Number.isSafeInteger(step) && step >= 0)).toBe(true);
      expect(Object.values(predictions).every((one) => typeof one === "string")).toBe(true);
    }),
  );
});

test("a prediction survives being stored, and starting over forgets those of one guide", () => {
  const [first, second] = guides;
  const [step] = first?.steps ?? [];
  const [other] = second?.steps ?? [];
  if (!first || !second || !step || !other) throw new Error("There are no guides.");
  const one = { steps: { [first.id]: 1 }, ...withPrediction(parseProgress(null), first.id, step, "same") };
  const both = parseProgress(JSON.stringify({ ...one, ...withPrediction(one, second.id, other, "lower") }));
  expect(predictionOf(both, first.id, step)).toBe("same");
  const rest = { ...both, ...forgotten(both, first.id) };
  expect(predictionOf(rest, first.id, step)).toBeUndefined();
  expect(predictionOf(rest, second.id, other)).toBe("lower");
});

test("a stored prediction that the step does not offer any more is not one", () => {
  const [guide] = guides;
  const [step] = guide?.steps ?? [];
  if (!guide || !step) throw new Error("There are no guides.");
  expect(
    predictionOf({ steps: {}, predictions: { [`${guide.id}/${step.id}`]: "none" } }, guide.id, step),
  ).toBeUndefined();
});
