import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { shrunk } from "../dataset/pixels/shrunk";
import { Purpose, randomFor } from "../math/random";
import { normalizationOf } from "./normalization";
import { drawView } from "./parameters";
import { pictureOf } from "./picture";
import { previewView } from "./preview";
import { renderView } from "./render";
import { renderPlain, renderViews } from "./render-views";
import { ResidentImages } from "./resident-images";
import { noiseImages, untouched, wild } from "./view-cases.test-support";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const integers = (...numbers: number[]) => tf.tensor1d(Int32Array.from(numbers), "int32");
const seed = 0x9000_0001;
const random = randomFor(seed, Purpose.views);

test("normalized training images have mean 0 and deviation 1 per channel", () => {
  const set = noiseImages(20, 16, 3);
  const images = ResidentImages.upload(set, normalizationOf(set));
  const { mean, variance } = tf.moments(renderPlain(images, tf.range(0, 20, 1, "int32")), [0, 1, 2]);
  for (const channel of [0, 1, 2]) {
    expect(mean.dataSync()[channel]).toBeCloseTo(0, 4);
    expect(variance.dataSync()[channel]).toBeCloseTo(1, 4);
  }
});

test("images of a single color are normalized to zero, not to infinity; an empty set is refused", () => {
  const set = { ...noiseImages(2, 16, 1), pixels: new Uint8Array(512).fill(77) };
  const images = ResidentImages.upload(set, normalizationOf(set));
  const values = renderPlain(images, integers(0, 1)).dataSync();
  expect(Math.max(...values.map(Math.abs))).toBeLessThan(1e-4);
  expect(() => normalizationOf({ ...set, count: 0, pixels: new Uint8Array() })).toThrow(RangeError);
});

test("larger views come from the images' detail once it is prepared: the same boxes, with more to see", () => {
  const detail = noiseImages(4, 48, 3);
  const set = shrunk(detail, 16);
  const normalization = normalizationOf(set);
  const images = ResidentImages.upload(set, normalization);
  const render = (from: ResidentImages, side: number) =>
    renderViews(from, [wild], integers(3, 1), integers(seed, 2), side).dataSync();
  const [small, enlarged] = [render(images, 16), render(images, 48)];
  images.prepare(48);
  expect(render(images, 16)).toEqual(small);
  expect(render(images, 48)).not.toEqual(enlarged);
  expect(render(images, 48)).toEqual(render(ResidentImages.upload(detail, normalization), 48));
  images.prepare(32);
  expect(render(images, 32)).toEqual(render(ResidentImages.upload(shrunk(detail, 32), normalization), 32));
});

test("without a GPU, views are also stacked by recipe and drawn by epoch, sample and view number", () => {
  const set = noiseImages(6, 16, 3);
  const images = ResidentImages.upload(set, { mean: [0, 0, 0], std: [1, 1, 1] });
  const views = renderViews(images, [wild, untouched, wild], integers(5, 2), integers(seed, 3));
  expect(views.shape).toEqual([6, 16, 16, 3]);
  const values = views.dataSync();
  const bytes = 16 * 16 * 3;
  for (const [place, view, sample] of [
    [0, 0, 5],
    [1, 0, 2],
    [5, 2, 2],
  ] as const) {
    const parameters = drawView(wild, random, { epoch: 3, sample, view });
    expect(values.slice(place * bytes, (place + 1) * bytes)).toEqual(
      renderView(pictureOf(set, sample), parameters),
    );
  }
  const plain = values.slice(2 * bytes, 3 * bytes);
  expect(plain).toEqual(renderPlain(images, integers(5)).dataSync());
});

test("rendering allocates no tensor but its result", () => {
  const set = noiseImages(2, 16, 1);
  const images = ResidentImages.upload(set, normalizationOf(set));
  const [batch, clock] = [integers(0, 1), integers(1, 0)];
  const before = tf.memory().numTensors;
  tf.dispose(renderViews(images, [wild], batch, clock));
  expect(tf.memory().numTensors).toBe(before);
  images.dispose();
  expect(tf.memory().numTensors).toBe(before - 1);
});

describe("invalid arguments are refused", () => {
  const set = noiseImages(2, 16, 1);
  test.each<readonly [string, () => unknown, RegExp]>([
    ["no recipe", () => renderViews(images(), [], integers(0), integers(1, 0)), /at least one recipe/],
    [
      "real indices",
      () => renderViews(images(), [wild], tf.tensor1d([0]), integers(1, 0)),
      /batch is float32/,
    ],
    ["no index", () => renderPlain(images(), integers()), /batch is int32 \[0\]/],
    [
      "a clock without epoch",
      () => renderViews(images(), [wild], integers(0), integers(1)),
      /seed and epoch/,
    ],
    [
      "a normalization with another number of channels",
      () => ResidentImages.upload(set, { mean: [0, 0, 0], std: [1, 1, 1] }),
      /1 channels, but the normalization has 3 means/,
    ],
    ["an index beyond the images", () => renderPlain(images(), integers(2)), /no image 2 among 2/],
  ])("%s", (_, render, message) => {
    expect(render).toThrow(message);
  });
  const images = () => ResidentImages.upload(set, normalizationOf(set));
});

describe.each([1, 3] as const)("previews of images with %d channels", (channels) => {
  const set = noiseImages(4, 16, channels);

  test("equal the images if the recipe changes nothing", () => {
    const { count, size, rgba } = previewView(set, untouched, seed, 0, [3, 1]);
    expect([count, size, rgba.length]).toEqual([2, 16, 2 * 16 * 16 * 4]);
    for (const [place, index] of [3, 1].entries()) {
      for (let pixel = 0; pixel < 256; pixel++) {
        const start = (place * 256 + pixel) * 4;
        const bytes = pictureOf(set, index).pixels.subarray(pixel * channels, (pixel + 1) * channels);
        const expected = channels === 1 ? [bytes[0], bytes[0], bytes[0]] : Array.from(bytes);
        expect(Array.from(rgba.subarray(start, start + 4))).toEqual([...expected, 255]);
      }
    }
  });

  test("change with the roll only", () => {
    const at = (roll: number) => previewView(set, wild, seed, roll, [0, 1]).rgba;
    expect(at(0)).toEqual(at(0));
    expect(at(1)).not.toEqual(at(0));
    expect(previewView(set, wild, seed, 0, [1]).rgba).toEqual(at(0).slice(16 * 16 * 4));
  });
});
