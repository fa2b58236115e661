import { expect, test } from "vitest";
import { defaultDataset } from "../protocol/experiment";
import { FilesInParts } from "./files-in-parts";

const files = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ path: `${from + i}.png`, file: new Blob() }));
const load = (entries: ReturnType<typeof files>, from?: number) =>
  ({
    type: "load-files",
    settings: defaultDataset("files"),
    entries,
    ...(from !== undefined && { from }),
  }) as const;

test("a selection that arrives in parts is loaded as one, and only once", () => {
  const fileParts = new FilesInParts();
  fileParts.add(0, files(0, 3));
  fileParts.add(3, files(3, 5));
  expect(fileParts.completed(load(files(5, 6), 5)).entries).toEqual(files(0, 6));
  expect(() => fileParts.completed(load(files(5, 6), 5))).toThrow(/images are not here/);
});

test("a small selection needs no parts, and another selection replaces the first", () => {
  const fileParts = new FilesInParts();
  fileParts.add(0, files(0, 3));
  expect(fileParts.completed(load(files(0, 2))).entries).toEqual(files(0, 2));
  fileParts.add(0, files(7, 9));
  expect(fileParts.completed(load(files(9, 10), 2)).entries).toEqual(files(7, 10));
});

test("an engine without the first parts reports that the images are missing", () => {
  const fileParts = new FilesInParts();
  expect(() => fileParts.add(2_000, files(0, 3))).toThrow(/images are not here/);
  expect(() => fileParts.completed(load(files(0, 1), 4_000))).toThrow(/images are not here/);
});
