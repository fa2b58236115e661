import { expect, test } from "vitest";
import type { Dataset, ImageSet } from "./dataset";
import { pickGallery, rgbaOf } from "./gallery";
import { hashDataset } from "./identity/hash";
import { builtIn, summarise } from "./summary";

/** 1×1 images whose red value is their index. */
function images(labels: readonly number[]): ImageSet {
  const pixels = Uint8Array.from({ length: labels.length * 3 }, (_, i) => (i % 3 === 0 ? i / 3 : 7));
  return { count: labels.length, size: 1, channels: 3, pixels, labels: Int32Array.from(labels) };
}

function dataset(change: Partial<Dataset> = {}): Dataset {
  return {
    name: "test",
    hash: "",
    classNames: ["a", "b"],
    train: images([0, 1, 0, 1, 0, 0]),
    validation: images([1]),
    test: images([0, 1]),
    ...change,
  };
}

test("the gallery shows some images of each class, unchanged", () => {
  const samples = pickGallery(dataset(), "train", 3, 0);
  expect(samples.map(({ label }) => label)).toEqual([0, 0, 0, 1, 1]);
  for (const { index, label, rgba } of samples) {
    expect(dataset().train.labels[index]).toBe(label);
    expect(Array.from(rgba)).toEqual([index, 7, 7, 255]);
  }
  expect(new Set(samples.map(({ index }) => index)).size).toBe(5);
});

test("the seed determines the choice; a smaller choice is a prefix of a larger one", () => {
  const indices = (perClass: number, seed: number) =>
    pickGallery(dataset({ train: images(Array<number>(200).fill(0)) }), "train", perClass, seed).map(
      (s) => s.index,
    );
  expect(indices(9, 1).slice(0, 4)).toEqual(indices(4, 1));
  expect(indices(9, 1)).not.toEqual(indices(9, 2));
});

test("gray images become three equal channels", () => {
  const gray: ImageSet = {
    count: 1,
    size: 1,
    channels: 1,
    pixels: Uint8Array.of(90),
    labels: Int32Array.of(0),
  };
  expect(Array.from(rgbaOf(gray, 0))).toEqual([90, 90, 90, 255]);
});

test("the summary counts images per class and part", () => {
  const summary = summarise(dataset(), builtIn);
  expect(summary.counts).toEqual({ train: [4, 2], validation: [0, 1], test: [1, 1] });
  expect(summary).toMatchObject({ size: 1, channels: 3, classNames: ["a", "b"], rejected: [], ignored: 0 });
});

test("the hash depends on every pixel, label, class name and part, but not on the dataset's name", async () => {
  const hash = await hashDataset(dataset());
  expect(await hashDataset(dataset({ name: "other" }))).toBe(hash);
  const repainted = images([0, 1]);
  repainted.pixels[3] = 99;
  const changes: Partial<Dataset>[] = [
    { classNames: ["a", "c"] },
    { test: repainted },
    { test: images([1, 1]) },
    { validation: images([0, 1]), test: images([1]) },
    { train: { ...images([0, 1, 0, 1, 0, 0]), size: 2 } },
  ];
  const others = await Promise.all(changes.map((change) => hashDataset(dataset(change))));
  expect(new Set([hash, ...others]).size).toBe(changes.length + 1);
});
