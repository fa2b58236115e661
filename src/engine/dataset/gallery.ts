import type { DatasetPart, GallerySample } from "../../protocol/dataset";
import { Purpose, randomFor } from "../math/random";
import { type Dataset, type ImageSet, imageBytes } from "./dataset";

/**
 * Chooses up to `perClass` images of every class, class by class. The seed determines which; a smaller choice is a
 * prefix of a larger one.
 */
export function pickGallery(
  dataset: Dataset,
  part: DatasetPart,
  perClass: number,
  seed: number,
): GallerySample[] {
  const set = dataset[part];
  const members: number[][] = dataset.classNames.map(() => []);
  set.labels.forEach((label, index) => {
    members[label]?.push(index);
  });
  const random = randomFor(seed, Purpose.sample);
  return members.flatMap((indices, label) =>
    Array.from(random.permutation(indices.length, label).subarray(0, perClass), (place) => {
      const index = indices[place] as number;
      return { part, index, label, size: set.size, rgba: rgbaOf(set, index) };
    }),
  );
}

/** Returns the images at these indices, in their order; indices outside the part are skipped. */
export function imagesAt(
  dataset: Dataset,
  { part, indices }: { readonly part: DatasetPart; readonly indices: readonly number[] },
): GallerySample[] {
  const set = dataset[part];
  return indices.flatMap((index) => {
    const label = set.labels[index];
    return label === undefined ? [] : [{ part, index, label, size: set.size, rgba: rgbaOf(set, index) }];
  });
}

/** Converts one image to RGBA for a canvas: [size, size, 4], opaque; gray becomes three equal channels. */
export function rgbaOf(set: ImageSet, index: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = set.size * set.size;
  const from = index * imageBytes(set);
  const rgba = new Uint8ClampedArray(pixels * 4).fill(255);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const at = from + pixel * set.channels + (set.channels === 1 ? 0 : channel);
      rgba[4 * pixel + channel] = set.pixels[at] as number;
    }
  }
  return rgba;
}
