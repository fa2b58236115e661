import { type ImageSet, imageBytes } from "./dataset";
import { stratifiedSplit } from "./parts/split";

/** The value in place of a withheld label. A loss on labels has no term for it. */
export const unknownLabel = -1;

export interface PartlyLabeled {
  readonly labeled: ImageSet;
  /** All labels are `unknownLabel`. */
  readonly unlabeled: ImageSet | undefined;
}

/**
 * Withholds the labels of a rounded share of each class; every class keeps at least one labeled image, and gives
 * one if it has two. A greater share includes the images of a smaller one.
 *
 * @param share in [0, 1); at 0 there is nothing unlabeled
 */
export function withholdLabels(set: ImageSet, classes: number, share: number, seed: number): PartlyLabeled {
  if (share === 0) return { labeled: set, unlabeled: undefined };
  const { train, validation } = stratifiedSplit(set.labels, classes, { validation: share, test: 0 }, seed);
  const unlabeled = subset(set, validation);
  unlabeled.labels.fill(unknownLabel);
  return { labeled: subset(set, train), unlabeled };
}

/** Copies the images at these indices, in their order. */
export function subset(set: ImageSet, indices: readonly number[]): ImageSet {
  const bytes = imageBytes(set);
  const pixels = new Uint8Array(indices.length * bytes);
  for (const [to, from] of indices.entries()) {
    pixels.set(set.pixels.subarray(from * bytes, (from + 1) * bytes), to * bytes);
  }
  const labels = Int32Array.from(indices, (index) => set.labels[index] as number);
  const detail = set.detail && subset(set.detail, indices);
  return { ...set, count: indices.length, pixels, labels, ...(detail && { detail }) };
}

/** @throws RangeError if sizes or channels differ */
export function concatenated(first: ImageSet, second: ImageSet): ImageSet {
  if (first.size !== second.size || first.channels !== second.channels) {
    throw new RangeError("Images of two shapes cannot be one set.");
  }
  const pixels = new Uint8Array(first.pixels.length + second.pixels.length);
  pixels.set(first.pixels);
  pixels.set(second.pixels, first.pixels.length);
  const labels = Int32Array.from([...first.labels, ...second.labels]);
  const { detail: _, ...shape } = first;
  const detail = first.detail && second.detail && concatenated(first.detail, second.detail);
  return { ...shape, count: first.count + second.count, pixels, labels, ...(detail && { detail }) };
}
