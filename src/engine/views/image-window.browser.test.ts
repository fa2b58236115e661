import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { imageBytes } from "../dataset/dataset";
import { shrunk } from "../dataset/pixels/shrunk";
import { startBackend } from "../device/start";
import { normalizationOf } from "./normalization";
import { renderPlain, renderViews } from "./render-views";
import { ResidentImages } from "./resident-images";
import { noiseImages, untouched, wild } from "./view-cases.test-support";

beforeAll(() => startBackend("webgpu"));

// 867 bytes each: images begin within words of the packed bytes.
const set = noiseImages(12, 17, 3);
const budget = 5 * imageBytes(set);
const clock = () => tf.tensor1d(Int32Array.of(7, 3), "int32");
const indices = (batch: readonly number[]) => tf.tensor1d(Int32Array.from(batch), "int32");
const made: ResidentImages[] = [];
const upload = (bytes?: number) => {
  const images = ResidentImages.upload(set, normalizationOf(set), bytes);
  made.push(images);
  return images;
};
afterEach(() => {
  for (const images of made.splice(0)) images.dispose();
});

/** The views and the plain images of one batch, as numbers. */
async function rendered(images: ResidentImages, batch: readonly number[]): Promise<readonly number[]> {
  const views = renderViews(images, [wild, untouched], indices(batch), clock());
  const plain = renderPlain(images, indices(batch));
  return [...(await views.data()), ...(await plain.data())];
}

test("images uploaded in turns are rendered like resident ones, bit for bit", async () => {
  const batches = [[0, 1, 2], [3, 2, 11], [11, 4], [9, 8, 7, 6, 5], [0]];
  const [all, some] = [upload(), upload(budget)];
  expect([all.window, some.window?.capacity]).toEqual([undefined, 5]);
  for (const [at, batch] of batches.entries()) {
    some.hold(batch, batches.slice(at + 1));
    expect(await rendered(some, batch)).toEqual(await rendered(all, batch));
  }
});

test("the detail of images is uploaded in turns with them", async () => {
  const small = shrunk(set, 8);
  const uploaded = (bytes?: number) => {
    const images = ResidentImages.upload(small, normalizationOf(small), bytes);
    images.prepare(17);
    made.push(images);
    return images;
  };
  const [all, some] = [uploaded(), uploaded(budget)];
  const batches = [
    [0, 1, 2],
    [3, 2, 11],
  ];
  for (const [at, batch] of batches.entries()) {
    some.hold(batch, batches.slice(at + 1).values());
    const [wanted, given] = [all, some].map((images) =>
      renderViews(images, [untouched], indices(batch), clock(), 17),
    ) as [tf.Tensor4D, tf.Tensor4D];
    expect(await given.data()).toEqual(await wanted.data());
  }
});

test("following batches are uploaded in advance as far as there is room, and only once", () => {
  const { window } = upload(budget);
  const order = [
    [0, 1],
    [2, 3],
    [4, 5],
    [6, 7],
  ];
  const turns = order.map((batch, at) => {
    window?.hold(batch, order.slice(at + 1));
    return window?.uploadCount;
  });
  expect(turns).toEqual([1, 1, 2, 2]);
});

test("a batch that does not fit is refused with both numbers, and leaves nothing on the GPU", () => {
  const before = tf.memory().numTensors;
  const images = upload(budget);
  expect(() => images.hold([0, 1, 2, 3, 4, 5])).toThrow(
    "A batch of 6 images does not fit: the GPU has room for 5",
  );
  for (const one of made.splice(0)) one.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
