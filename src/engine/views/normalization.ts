import type { ImageSet } from "../dataset/dataset";

/** Mean and standard deviation per channel, of pixels in [0, 1]. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** A constant channel would be divided by zero; one byte is the smallest difference that pixels can have. */
const leastDeviation = 1 / 255;

/**
 * Computes mean and standard deviation over all pixels of a set, usually the training images.
 * @throws RangeError if the set is empty
 */
export function normalizationOf({ pixels, channels, count }: ImageSet): Normalization {
  if (count === 0) throw new RangeError("There are no images to compute a mean from.");
  const perChannel = pixels.length / channels;
  const moments = Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    let squares = 0;
    for (let at = channel; at < pixels.length; at += channels) {
      const value = pixels[at] as number;
      sum += value;
      squares += value * value;
    }
    const mean = sum / perChannel;
    return { mean: mean / 255, std: Math.sqrt(Math.max(0, squares / perChannel - mean * mean)) / 255 };
  });
  return {
    mean: moments.map(({ mean }) => mean),
    std: moments.map(({ std }) => Math.max(std, leastDeviation)),
  };
}
