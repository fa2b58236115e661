import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DatasetProgress, shapesDifficulties } from "../../protocol/dataset";
import { Purpose, randomFor } from "../math/random";
import { imageBytes } from "./dataset";
import { drawScene, nuisances } from "./drawing/shapes-scene";
import { sha256 } from "./identity/sha256";
import { createShapesPainter, drawShapes, shapesDefaults } from "./shapes";

const small = { ...shapesDefaults, size: 16, train: 60, validation: 20, test: 30 };

/** SHA-256 of the first 40 test images of seed 20240229 at 24 px. A change here changes every user's dataset. */
const fingerprints = {
  easy: "22e6d319350c42775ef53ce32602f0aaabd6c9ee7a9480b77622d83676258fe3",
  normal: "6857576af4d232bd7ec6c0ed682aaa1a3269db6cd5f430c9fcc13746f46013ba",
  hard: "da2cc1a59ca9c7f90bb469c64b2e45164f178b71916ab291aa7809dc6b62908d",
};

test.each(shapesDifficulties)("%s: the pixels have this hash on every machine", async (difficulty) => {
  const paint = createShapesPainter({ seed: 20_240_229, size: 24, difficulty }, "test");
  const bytes = 24 * 24 * 3;
  const images = new Uint8Array(40 * bytes);
  for (let index = 0; index < 40; index++) paint(index, images.subarray(index * bytes, (index + 1) * bytes));
  expect(await sha256(images)).toBe(fingerprints[difficulty]);
});

test("parts, classes and labels match the options", async () => {
  const dataset = await drawShapes(small);
  expect(dataset.classNames).toHaveLength(10);
  for (const part of ["train", "validation", "test"] as const) {
    const set = dataset[part];
    expect(set.count).toBe(small[part]);
    expect(set.pixels).toHaveLength(set.count * imageBytes(set));
    for (let label = 0; label < 10; label++) {
      expect(set.labels.filter((found) => found === label)).toHaveLength(set.count / 10);
    }
  }
});

test("more images do not change the earlier ones", async () => {
  const few = await drawShapes(small);
  const more = await drawShapes({ ...small, train: 90, test: 35 });
  expect(more.train.pixels.subarray(0, few.train.pixels.length)).toEqual(few.train.pixels);
  expect(more.test.pixels.subarray(0, few.test.pixels.length)).toEqual(few.test.pixels);
  expect(more.validation).toEqual(few.validation);
  expect(more.hash).not.toBe(few.hash);
});

test("no image occurs twice, within or across parts", async () => {
  const dataset = await drawShapes(small);
  const seen = new Set<string>();
  for (const set of [dataset.train, dataset.validation, dataset.test]) {
    const bytes = imageBytes(set);
    for (let i = 0; i < set.count; i++) seen.add(set.pixels.subarray(i * bytes, (i + 1) * bytes).join());
  }
  expect(seen.size).toBe(small.train + small.validation + small.test);
});

test("equal options give equal hashes; other seeds, sizes and difficulties differ", async () => {
  const hash = async (options: Partial<typeof small>) => (await drawShapes({ ...small, ...options })).hash;
  const first = await hash({});
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await hash({})).toBe(first);
  const others = await Promise.all([hash({ seed: 1 }), hash({ size: 17 }), hash({ difficulty: "hard" })]);
  expect(new Set([first, ...others]).size).toBe(4);
});

/** Mean brightness of an area of the image, 0–255, over all channels. */
function mean(image: Uint8Array): number {
  return image.reduce((sum, value) => sum + value, 0) / image.length;
}

test("an image shows the same scene at every resolution", () => {
  const paint = (size: number, index: number) => {
    const image = new Uint8Array(size * size * 3);
    createShapesPainter({ seed: 5, size, difficulty: "normal" }, "train")(index, image);
    return image;
  };
  for (let index = 0; index < 10; index++) {
    expect(Math.abs(mean(paint(16, index)) - mean(paint(64, index)))).toBeLessThan(3);
  }
});

describe.each(shapesDifficulties)("scenes, %s", (difficulty) => {
  const limits = nuisances[difficulty];
  const random = randomFor(9, Purpose.shapes);

  test("stay within their ranges, with colors that differ in luma", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(2), (index, part) => {
        const scene = drawScene(random, { index, part }, limits);
        for (const value of scene.center) expect(Math.abs(value)).toBeLessThanOrEqual(limits.position);
        expect(scene.scale).toBeGreaterThanOrEqual(limits.smallestScale);
        expect(scene.scale).toBeLessThanOrEqual(0.8);
        expect(scene.clutter.length).toBeLessThanOrEqual(limits.clutter);
        const luma = ([r, g, b]: readonly [number, number, number]) => 0.299 * r + 0.587 * g + 0.114 * b;
        expect(Math.abs(luma(scene.foreground) - luma(scene.background))).toBeGreaterThanOrEqual(0.25);
        const angle = Math.atan2(scene.rotation[1], scene.rotation[0]);
        expect(Math.abs(angle)).toBeLessThanOrEqual((25 / 180) * Math.PI);
      }),
      { numRuns: 50 },
    );
  });

  test("are independent of the class: no nuisance correlates with it", () => {
    // The class is the index modulo ten; the mean scale of 400 images has a standard error below .006.
    for (let label = 0; label < 10; label++) {
      let sum = 0;
      for (let i = 0; i < 400; i++)
        sum += drawScene(random, { index: 10 * i + label, part: 0 }, limits).scale;
      expect(Math.abs(sum / 400 - (limits.smallestScale + 0.8) / 2)).toBeLessThan(0.025);
    }
  });
});

test("drawing reports progress and can be aborted", async () => {
  const reports: DatasetProgress[] = [];
  const controller = new AbortController();
  const drawing = drawShapes(
    { ...shapesDefaults, train: 20_000 },
    {
      signal: controller.signal,
      onProgress: (progress) => {
        reports.push(progress);
        if (reports.length === 2) controller.abort();
      },
    },
  );
  await expect(drawing).rejects.toThrow(/abort/i);
  expect(reports[1]?.done).toBeGreaterThan(reports[0]?.done ?? 0);
  expect(reports[1]?.total).toBe(21_500);
  expect(reports[1]?.done).toBeLessThan(20_000);
});
