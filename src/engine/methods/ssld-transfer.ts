/** How SSLD reuses a distilled network elsewhere: at a larger size, and with slower early layers (docs/methods.md §9). */

/** How much larger images are at evaluation and in the Fix stage. The document's own run went from 224 to 320. */
const growth = 1.15;

/** Side of test images for a network that was trained at `trained` pixels, rounded to a multiple of `step`. */
export function fixResolution(trained: number, step = 1): number {
  return Math.round((growth * trained) / step) * step;
}

/**
 * Factors on the learning rate from the stem to the last stage, early layers slowest. MobileNetV3's are over five groups
 * of blocks.
 */
export const transferRates = {
  uniform: [1, 1, 1, 1, 1],
  resnet: [0.1, 0.1, 0.2, 0.2, 0.3],
  detection: [0.05, 0.05, 0.05, 0.1, 0.15],
  mobilenet: [0.25, 0.25, 0.5, 0.5, 0.75],
} as const;

/** The rate of each group of layers, and last the head's, which is new and learns at the full rate. */
export function layerRates(base: number, factors: readonly number[]): number[] {
  return [...factors, 1].map((factor) => base * factor);
}
