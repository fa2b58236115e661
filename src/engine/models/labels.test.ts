import { expect, test } from "vitest";
import { labelsBeside } from "./labels";

const beside = (files: Readonly<Record<string, unknown>>) =>
  labelsBeside(
    new Map(
      Object.entries(files).map(([path, content]) => [
        path,
        new Blob([typeof content === "string" ? content : JSON.stringify(content)]),
      ]),
    ),
  );

test("classes are named by Teachable Machine's metadata, or by the configuration of a model of the hub", async () => {
  expect(await beside({ "metadata.json": { labels: ["cat", " dog "], imageSize: 224 } })).toEqual({
    labels: ["cat", "dog"],
  });
  const id2label = { 1: "dog", 0: "cat", 2: "bird" };
  expect(await beside({ "config.json": { id2label, hidden_size: 8 } })).toEqual({
    labels: ["cat", "dog", "bird"],
  });
});

test("other files name none", async () => {
  for (const content of [
    "",
    "{",
    "[]",
    "null",
    { labels: "cat" },
    { labels: ["cat"] },
    { labels: ["", "b"] },
  ])
    expect(await beside({ "metadata.json": content })).toEqual({});
  expect(await beside({ "config.json": { id2label: { a: "cat", b: "dog" } } })).toEqual({});
  const thousand = Array.from({ length: 1_000 }, (_, at) => `class ${at}`);
  expect(await beside({ "metadata.json": { labels: thousand } })).toEqual({});
});
