import { expect, test } from "vitest";
import { drawDataset } from "./drawing/draw-dataset";
import { concatenated, subset, unknownLabel, withholdLabels } from "./unlabeled";

const { train, classNames } = await drawDataset("shapes", {
  seed: 3,
  size: 16,
  difficulty: "easy",
  train: 100,
  validation: 10,
  test: 10,
});
const imagesOf = ({ pixels, count }: typeof train) =>
  Array.from({ length: count }, (_, i) => pixels.subarray(i * 768, (i + 1) * 768).join());

test("a share of every class loses its labels; no image is lost or duplicated", () => {
  const { labeled, unlabeled } = withholdLabels(train, classNames.length, 0.7, 1);
  expect([labeled.count, unlabeled?.count]).toEqual([30, 70]);
  expect(new Set(unlabeled?.labels)).toEqual(new Set([unknownLabel]));
  for (const label of classNames.keys())
    expect(labeled.labels.filter((one) => one === label)).toHaveLength(3);
  const both = unlabeled ? concatenated(labeled, unlabeled) : labeled;
  expect(imagesOf(both).toSorted()).toEqual(imagesOf(train).toSorted());
});

test("nothing is withheld at 0; other seeds withhold other images; a class keeps a labeled image", () => {
  expect(withholdLabels(train, 10, 0, 1)).toEqual({ labeled: train, unlabeled: undefined });
  const first = withholdLabels(train, 10, 0.5, 1).labeled;
  expect(imagesOf(withholdLabels(train, 10, 0.5, 2).labeled)).not.toEqual(imagesOf(first));
  expect(imagesOf(withholdLabels(train, 10, 0.5, 1).labeled)).toEqual(imagesOf(first));
  const few = subset(train, [...Array(20).keys()]);
  expect(withholdLabels(few, 10, 0.99, 1).labeled.count).toBe(10);
});
