import { expect, test } from "vitest";
import { defaultDataset } from "../protocol/experiment";
import { HandedFiles } from "./files-in-parts";

const files = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ path: `${from + i}.png`, file: new Blob() }));
const load = (entries: ReturnType<typeof files>, from?: number) =>
  ({
    type: "load-files",
    settings: defaultDataset("files"),
    entries,
    ...(from !== undefined && { from }),
  }) as const;

test("a selection that came in parts is loaded as one, and once", () => {
  const handed = new HandedFiles();
  handed.take(0, files(0, 3));
  handed.take(3, files(3, 5));
  expect(handed.completed(load(files(5, 6), 5)).entries).toEqual(files(0, 6));
  expect(() => handed.completed(load(files(5, 6), 5))).toThrow(/images are not here/);
});

test("a small selection needs no parts, and another one begins anew", () => {
  const handed = new HandedFiles();
  handed.take(0, files(0, 3));
  expect(handed.completed(load(files(0, 2))).entries).toEqual(files(0, 2));
  handed.take(0, files(7, 9));
  expect(handed.completed(load(files(9, 10), 2)).entries).toEqual(files(7, 10));
});

test("an engine that was not given the first parts says that the images are missing", () => {
  const handed = new HandedFiles();
  expect(() => handed.take(2_000, files(0, 3))).toThrow(/images are not here/);
  expect(() => handed.completed(load(files(0, 1), 4_000))).toThrow(/images are not here/);
});
