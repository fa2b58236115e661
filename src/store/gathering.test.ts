import { expect, test } from "vitest";
import {
  addClass,
  addImages,
  countOf,
  emptyGathering,
  filesOf,
  type Gathering,
  gatheringProblems,
  LEAST_PER_CLASS,
  removeClass,
  removeImage,
  renameClass,
} from "./gathering";

const empty = emptyGathering((number) => `Class ${number}`);
const picture = (type = "image/png") => new Blob(["pixels"], { type });
const pictures = (count: number) => Array.from({ length: count }, () => picture());
const named = (first: string, second: string): Gathering =>
  renameClass(renameClass(empty, 1, first), 2, second);
const full = (gathering: Gathering) =>
  gathering.classes.reduce((now, { id }) => addImages(now, pictures(LEAST_PER_CLASS), id), gathering);

test("gathered images are in folders named after their classes, each with a unique path", () => {
  const files = filesOf(full(named("cats", " dogs ")));
  expect(files.map(({ path }) => path.split("/").slice(0, 2).join("/"))).toEqual([
    ...Array<string>(LEAST_PER_CLASS).fill("gathered/cats"),
    ...Array<string>(LEAST_PER_CLASS).fill("gathered/dogs"),
  ]);
  expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
  expect(gatheringProblems(full(named("cats", "dogs")))).toEqual([]);
});

test("images go to the selected class, by default the newest", () => {
  const three = addImages(addClass(empty, "birds"), pictures(2));
  expect(three.classes.map(({ images }) => images.length)).toEqual([0, 0, 2]);
  expect(removeClass(three, three.chosen).chosen).toBe(1);
});

test("files that browsers cannot decode are counted, and the rest is accepted", () => {
  const some = addImages(empty, [picture(), picture("image/svg+xml"), picture("text/html"), new Blob([])]);
  expect([countOf(some), some.refused]).toEqual([1, 3]);
  expect(addImages(some, [picture()]).refused).toBe(0);
});

test("a removed image's name is not used again", () => {
  const three = addImages(empty, pictures(3));
  const [first, second] = three.classes[0]?.images ?? [];
  const later = addImages(removeImage(three, 1, second?.id ?? 0), pictures(1));
  const ids = later.classes[0]?.images.map(({ id }) => id) ?? [];
  expect(ids).toHaveLength(3);
  expect(ids).toContain(first?.id);
  expect(ids).not.toContain(second?.id);
});

test.each(["", "  ", "a/b", "..", "a\\b", ".hidden", "a\u0000b", "__MACOSX"])(
  "“%s” names no class",
  (name) => {
    expect(gatheringProblems(full(named(name, "dogs")))).toEqual([{ kind: "name", name }]);
  },
);

test("one class, two with the same name, and a class with too few images are reported", () => {
  expect(gatheringProblems(full(removeClass(empty, 2)))).toEqual([{ kind: "few-classes" }]);
  expect(gatheringProblems(full(named("é", "e\u0301")))).toEqual([{ kind: "same-name", name: "é" }]);
  expect(gatheringProblems(addImages(full(empty), []))).toEqual([]);
  expect(gatheringProblems(removeImage(full(empty), 1, 3))).toEqual([
    { kind: "few-images", name: "Class 1", found: LEAST_PER_CLASS - 1 },
  ]);
});
