import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../backend/backend";
import { ResidentTensor } from "../backend/resident-tensor";
import type { ImageSet } from "../dataset/dataset";
import { startBackend } from "../device/start";
import { Purpose, randomFor } from "../math/random";
import { isLong } from "../test-size.test-support";
import { normalizationOf } from "./normalization";
import { drawView, type RenderRecipe } from "./parameters";
import { pictureOf } from "./picture";
import { renderView } from "./render";
import { renderPlain, renderViews } from "./render-views";
import { ResidentImages } from "./resident-images";
import { noiseImages, randomRecipe, untouched, wild } from "./view-cases.test-support";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

/** A tenth of a byte's step. */
const tolerance = 0.1 / 255;
const seed = 0xfedc_ba98; // above 2³¹: the clock holds its bits as int32
const clockOf = (epoch: number) => tf.tensor1d(Int32Array.of(seed, epoch), "int32");
const batchOf = (indices: readonly number[]) => tf.tensor1d(Int32Array.from(indices), "int32");
const upload = (set: ImageSet) => ResidentImages.upload(set, normalizationOf(set));

/** Undoes the normalization: pixels in [0, 1]. */
async function pixelsOf(images: ResidentImages, views: tf.Tensor): Promise<number[]> {
  const { mean, std } = images.normalization;
  const channels = images.set.channels;
  return Array.from(
    await views.data(),
    (x, i) => x * (std[i % channels] as number) + (mean[i % channels] as number),
  );
}

function portable(
  set: ImageSet,
  recipes: readonly RenderRecipe[],
  batch: readonly number[],
  epoch: number,
  side = set.size,
) {
  const random = randomFor(seed, Purpose.views);
  return recipes.flatMap((recipe, view) =>
    batch.flatMap((sample) =>
      Array.from(renderView(pictureOf(set, sample), drawView(recipe, random, { epoch, sample, view }), side)),
    ),
  );
}

const largest = (a: readonly number[], b: readonly number[]) => {
  expect(a.length).toBe(b.length);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] ?? Number.NaN))), 0);
};

const shapes: readonly (readonly [size: number, channels: 1 | 3])[] = isLong
  ? [16, 17, 20, 32].flatMap((size) => [[size, 1] as const, [size, 3] as const])
  : [
      [17, 1],
      [16, 3],
    ];

describe.each(shapes)("images of %d px and %d channels", (size, channels) => {
  const set = noiseImages(7, size, channels);

  test.each([0, 1, 2, 3, 4, 5])(
    "the GPU renders the same views as the portable renderer, recipes %d",
    async (number) => {
      const images = upload(set);
      const recipes = [randomRecipe(2 * number), randomRecipe(2 * number + (number % 2)), wild].slice(
        0,
        1 + (number % 3),
      );
      const batch = [6, 0, 3, 3, 5];
      const views = renderViews(images, recipes, batchOf(batch), clockOf(number));
      expect(views.shape).toEqual([recipes.length * 5, size, size, channels]);
      const error = largest(await pixelsOf(images, views), portable(set, recipes, batch, number));
      expect(error).toBeLessThan(tolerance);
      tf.dispose(views);
      images.dispose();
    },
  );

  test.each([10, 16, 24])("views of %d px equal those of the portable renderer", async (side) => {
    const images = upload(set);
    const batch = [6, 0, 3];
    const recipes: RenderRecipe[] = [{ ...wild, crop: "square" }, wild];
    const views = renderViews(images, recipes, batchOf(batch), clockOf(2), side);
    expect(views.shape).toEqual([6, side, side, channels]);
    const error = largest(await pixelsOf(images, views), portable(set, recipes, batch, 2, side));
    expect(error).toBeLessThan(tolerance);
    tf.dispose(views);
    images.dispose();
  });

  test("plain images equal the originals", async () => {
    const images = upload(set);
    const batch = [4, 4, 1];
    const expected = batch.flatMap((sample) =>
      Array.from(pictureOf(set, sample).pixels, (byte) => byte / 255),
    );
    expect(largest(await pixelsOf(images, renderPlain(images, batchOf(batch))), expected)).toBeLessThan(1e-6);
    const identical = renderViews(images, [untouched], batchOf(batch), clockOf(0));
    expect(largest(await pixelsOf(images, identical), expected)).toBeLessThan(1e-6);
    images.dispose();
  });
});

/** The share of numbers that differ by more than rounding. */
const shareApart = (a: readonly number[], b: readonly number[]) => {
  expect(a.length).toBe(b.length);
  return a.filter((x, i) => !(Math.abs(x - (b[i] ?? Number.NaN)) < 1 / 255)).length / a.length;
};

const policies: readonly (readonly [string, Partial<RenderRecipe>])[] = [
  ["autoAugment", { policy: "autoAugment" }],
  [
    "randAugment with one step",
    { policy: "randAugment", randAugmentOperations: 1, randAugmentMagnitude: 17 },
  ],
  [
    "randAugment with three steps",
    { policy: "randAugment", randAugmentOperations: 3, randAugmentMagnitude: 30 },
  ],
];

describe.each(policies)("policy %s", (_, policy) => {
  const everyImage = Array.from({ length: 60 }, (_, i) => i);

  test.each([1, 3] as const)(
    "images with %d channels equal those of the portable renderer",
    async (channels) => {
      const set = noiseImages(everyImage.length, 16, channels);
      const images = upload(set);
      const still: RenderRecipe = { ...untouched, ...policy };
      const views = renderViews(images, [untouched, still], batchOf(everyImage), clockOf(1));
      const expected = portable(set, [untouched, still], everyImage, 1);
      // Pixels are whole bytes, so rounding cannot change which byte they are, until a second operation follows.
      const apart = shareApart(await pixelsOf(images, views), expected);
      expect(apart).toBeLessThan(policy.randAugmentOperations === 1 ? 1e-9 : 2e-3);
      // With crops, blur and a flip before the policy, another size, and a second recipe with fewer steps.
      const recipes: RenderRecipe[] = [{ ...wild, ...policy, rotation: 10 }, wild];
      const moving = renderViews(images, recipes, batchOf(everyImage), clockOf(2), 20);
      const others = portable(set, recipes, everyImage, 2, 20);
      expect(shareApart(await pixelsOf(images, moving), others)).toBeLessThan(5e-3);
      tf.dispose([views, moving]);
      images.dispose();
    },
  );
});

test("a recorded step renders the views of the batch and epoch that its tensors hold", async () => {
  const policed: RenderRecipe = { ...wild, policy: "autoAugment", rotation: 20 };
  const images = upload(noiseImages(9, 16, 3));
  const [batch, clock] = [ResidentTensor.of(batchOf([0, 1, 2])), ResidentTensor.of(clockOf(0))];
  let views: tf.Tensor | undefined;
  let plain: tf.Tensor | undefined;
  const recording = backend.record(() => {
    views = renderViews(images, [policed, untouched], batch.tensor, clock.tensor);
    plain = renderPlain(images, batch.tensor);
  });
  batch.write(Int32Array.of(8, 3, 5));
  clock.write(Int32Array.of(seed, 4));
  backend.replay(recording);
  const replayed = [await views?.data(), await plain?.data()];
  const eager = [
    await renderViews(images, [policed, untouched], batchOf([8, 3, 5]), clockOf(4)).data(),
    await renderPlain(images, batchOf([8, 3, 5])).data(),
  ];
  expect(replayed).toEqual(eager);
  recording.dispose();
  images.dispose();
});

test("rendering views leaks no memory", async () => {
  const images = upload(noiseImages(8, 16, 3));
  const step = async (epoch: number) => {
    const [batch, clock] = [batchOf([1, 2, 3]), clockOf(epoch)];
    const views = renderViews(images, [{ ...wild, policy: "randAugment" }, randomRecipe(2)], batch, clock);
    await views.data();
    tf.dispose([views, batch, clock]);
    // Upload buffers are held until the queue has passed them.
    await backend.device.queue.onSubmittedWorkDone();
    const { numTensors, numBytes } = tf.memory();
    return {
      numTensors,
      numBytes,
      gpu: backend.bufferManager.numBytesUsed,
      allocated: backend.bufferManager.numBytesAllocated,
    };
  };
  await step(0);
  const after = await step(1);
  for (let epoch = 2; epoch < 5; epoch++) expect(await step(epoch)).toEqual(after);
  images.dispose();
});

test("images uploaded without WebGPU are refused, not read as zeros", () => {
  const images = upload(noiseImages(2, 16, 1));
  const elsewhere = Object.create(images, { packed: { value: undefined } });
  expect(() => renderPlain(elsewhere as ResidentImages, batchOf([0]))).toThrow(/before WebGPU/);
  images.dispose();
});
