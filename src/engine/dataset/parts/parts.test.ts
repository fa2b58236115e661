import fc from "fast-check";
import { expect, test } from "vitest";
import { layOut as layOutFiles } from "../layout/folders";
import { DatasetProblemError } from "../problems";
import { assignParts } from "./parts";

const layOut = (paths: readonly string[]) => layOutFiles(paths.map((path) => ({ path })));

const options = { seed: 0, shares: { validation: 0.1, test: 0.2 }, perClass: Number.POSITIVE_INFINITY };

function files(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${folder}/${String(i).padStart(4, "0")}.png`);
}

function partsOf(paths: readonly string[]) {
  const layout = layOut(paths);
  const { members, origins } = assignParts(layout, options);
  const pathsIn = (part: keyof typeof members) => members[part].map((i) => layout.images[i]?.path ?? "");
  return { origins, train: pathsIn("train"), validation: pathsIn("validation"), test: pathsIn("test") };
}

function problemOf(paths: readonly string[]) {
  try {
    partsOf(paths);
  } catch (error) {
    if (error instanceof DatasetProblemError) return error.problem;
    throw error;
  }
  return undefined;
}

test("without folders for the parts, all parts are drawn from all images", () => {
  const parts = partsOf([...files("cats", 50), ...files("dogs", 30)]);
  expect(parts.origins).toEqual({ train: "drawn", validation: "drawn", test: "drawn" });
  expect(parts.test).toHaveLength(10 + 6);
  expect(parts.validation).toHaveLength(5 + 3);
  expect(new Set([...parts.train, ...parts.validation, ...parts.test]).size).toBe(80);
});

test("with train/ and test/, validation is drawn from train/, and test/ is unchanged", () => {
  const paths = ["train/a", "train/b", "test/a", "test/b"].flatMap((folder) => files(folder, 20));
  const parts = partsOf(paths);
  expect(parts.origins).toEqual({ train: "folder", validation: "drawn", test: "folder" });
  expect(parts.test).toEqual(paths.filter((path) => path.startsWith("test/")).sort());
  expect(parts.validation).toHaveLength(4);
  for (const path of parts.validation) expect(path).toMatch(/^train\//);
  expect(parts.train).toHaveLength(36);
});

test("with all three folders nothing is drawn", () => {
  const parts = partsOf(
    ["train/a", "train/b", "val/a", "val/b", "test/a", "test/b"].flatMap((f) => files(f, 1)),
  );
  expect([parts.train, parts.validation, parts.test].map((part) => part.length)).toEqual([2, 2, 2]);
  expect(parts.origins).toEqual({ train: "folder", validation: "folder", test: "folder" });
});

test("a class too small for every part is named", () => {
  expect(problemOf([...files("cats", 2), ...files("dogs", 9)])).toMatchObject({
    kind: "too-few-images",
    shortages: [{ className: "cats", part: "train", found: 2, needed: 3 }],
  });
  const onlyInTest = [
    ...files("train/a", 5),
    ...files("train/b", 5),
    ...files("test/a", 1),
    ...files("test/c", 1),
  ];
  expect(problemOf(onlyInTest)).toMatchObject({
    shortages: [
      { className: "c", part: "train", found: 0, needed: 2 },
      { className: "b", part: "test", found: 0, needed: 1 },
    ],
  });
});

test("three images per class are enough", () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 12 }), fc.integer({ min: 3, max: 12 }), (cats, dogs) => {
      expect(problemOf([...files("cats", cats), ...files("dogs", dogs)])).toBeUndefined();
    }),
  );
});

test("a limit reduces the training images of each class, and a higher one includes those of a lower one", () => {
  const layout = layOut(["train/a", "train/b", "test/a", "test/b"].flatMap((folder) => files(folder, 20)));
  const unlimited = assignParts(layout, options).members;
  const limited = (perClass: number) => assignParts(layout, { ...options, perClass }).members;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 5 }), (perClass, more) => {
      const few = limited(perClass);
      const classes = few.train.map((image) => layout.images[image]?.className);
      const kept = Math.min(perClass, unlimited.train.length / 2);
      expect(classes.filter((name) => name === "a")).toHaveLength(kept);
      expect(classes.filter((name) => name === "b")).toHaveLength(kept);
      expect(limited(perClass + more).train).toEqual(expect.arrayContaining([...few.train]));
      expect([few.validation, few.test]).toEqual([unlimited.validation, unlimited.test]);
    }),
  );
});
