import type { ImageSet } from "../dataset/dataset";

/** Per channel, of pixels in [0, 1]. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Channels of one color only would be divided by zero; a byte's step is the least that is told apart. */
const leastDeviation = 1 / 255;

/** Mean and standard deviation over all pixels. Take them from the training images. @throws RangeError without images */
export function normalizationOf({ pixels, channels, count }: ImageSet): Normalization {
  if (count === 0) throw new RangeError("There are no images to take a mean of.");
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
