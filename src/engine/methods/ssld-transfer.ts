/**
 * SSLD's settings for reusing a distilled network: larger test images, and lower rates for early layers
 * (docs/methods.md §9).
 */

/** The growth of images for evaluation and the Fix stage. PaddleClas's own run went from 224 to 320. */
const growth = 1.15;

/**
 * The side of test images, in pixels, for a network that was trained at `trained` pixels, rounded to a multiple of
 * `step`.
 */
export function fixResolution(trained: number, step = 1): number {
  return Math.round((growth * trained) / step) * step;
}

/**
 * Factors on the learning rate from the stem to the last stage, smallest for early layers. MobileNetV3's apply to
 * five groups of blocks.
 */
export const transferRates = {
  uniform: [1, 1, 1, 1, 1],
  resnet: [0.1, 0.1, 0.2, 0.2, 0.3],
  detection: [0.05, 0.05, 0.05, 0.1, 0.15],
  mobilenet: [0.25, 0.25, 0.5, 0.5, 0.75],
} as const;

/** The learning rate of each group of layers, then that of the head, which is new and learns at the full rate. */
export function layerRates(base: number, factors: readonly number[]): number[] {
  return [...factors, 1].map((factor) => base * factor);
}
