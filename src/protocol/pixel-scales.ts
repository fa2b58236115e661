/** How trained models usually expect their pixels: mean and deviation per channel, where the largest pixel is 1. */
export const pixelScales = {
  unit: { mean: [0, 0, 0], deviation: [1, 1, 1] },
  symmetric: { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
  bytes: { mean: [0, 0, 0], deviation: [1 / 255, 1 / 255, 1 / 255] },
  imageNet: { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] },
  clip: { mean: [0.48145466, 0.4578275, 0.40821073], deviation: [0.26862954, 0.26130258, 0.27577711] },
} as const;

export type PixelScale = keyof typeof pixelScales;
export const pixelScaleNames = Object.keys(pixelScales) as readonly PixelScale[];

/** The name of a usual scale; undefined for any other. */
export const pixelScaleOf = ({
  mean,
  deviation,
}: {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}): PixelScale | undefined =>
  pixelScaleNames.find(
    (name) =>
      JSON.stringify([pixelScales[name].mean, pixelScales[name].deviation]) ===
      JSON.stringify([mean, deviation]),
  );
