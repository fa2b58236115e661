import { expect, test } from "vitest";
import { placesOfClasses, type TeacherModel } from "./teacher-model";

const classes = ["Cat", "dog"];
const places = (dimension: number, labels?: TeacherModel["labels"], use: TeacherModel["use"] = "logits") =>
  placesOfClasses({ use, dimension, ...(labels && { labels }) }, classes);

test("logits are those of the images' classes by their names, or in order where the model has no names", () => {
  expect(places(2)).toEqual([0, 1]);
  expect(places(2, ["dog", "cat "])).toEqual([1, 0]);
  expect(places(4, ["bird", "dog", "fish", "CAT"])).toEqual([3, 1]);
});

test("of other classes, of another number of classes, or taken for an embedding, they are not", () => {
  expect(places(3)).toBeUndefined();
  expect(places(2, ["dog", "bird"])).toBeUndefined();
  // Names that are not as many as the numbers say nothing of them.
  expect(places(3, ["dog", "cat"])).toBeUndefined();
  expect(places(2, undefined, "embedding")).toBeUndefined();
});
