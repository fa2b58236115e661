import type { ViewRecipe } from "../../protocol/experiment";
import type { ImageSet } from "../dataset/dataset";
import { Purpose, randomFor } from "../math/random";

/** The identity recipe. */
export const untouched: ViewRecipe = {
  scale: { min: 1, max: 1 },
  brightness: 0,
  contrast: 0,
  saturation: 0,
  hue: 0,
  hueSpace: "yiq",
  jitterProbability: 0,
  grayscaleProbability: 0,
  blurProbability: 0,
  blurSigma: { min: 0.1, max: 1 },
  solarizeProbability: 0,
  flipProbability: 0,
  rotation: 0,
  policy: "none",
  randAugmentOperations: 2,
  randAugmentMagnitude: 9,
};

/** A recipe that applies every operation often. */
export const wild: ViewRecipe = {
  scale: { min: 0.08, max: 1 },
  brightness: 0.8,
  contrast: 0.8,
  saturation: 0.8,
  hue: 0.5,
  hueSpace: "hsv",
  jitterProbability: 0.8,
  grayscaleProbability: 0.3,
  blurProbability: 0.5,
  blurSigma: { min: 0.1, max: 1.5 },
  solarizeProbability: 0.4,
  flipProbability: 0.5,
  rotation: 0,
  policy: "none",
  randAugmentOperations: 2,
  randAugmentMagnitude: 9,
};

const random = randomFor(31, Purpose.test);

export function randomRecipe(number: number): ViewRecipe {
  const u = random.uniforms(16, number, 1);
  const unit = (i: number) => u[i] as number;
  const [least, most] = [0.05 + 0.95 * unit(0), 0.05 + 0.95 * unit(1)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return {
    scale: { min: least, max: most },
    brightness: unit(2),
    contrast: unit(3),
    saturation: unit(4),
    hue: unit(5) / 2,
    hueSpace: unit(13) < 0.5 ? "yiq" : "hsv",
    jitterProbability: unit(6),
    grayscaleProbability: unit(7),
    // Half of them never blur, which takes fewer dispatches on the GPU.
    blurProbability: number % 2 === 0 ? 0 : unit(8),
    blurSigma: { min: 0.05 + unit(9), max: 1.05 + 2.95 * unit(10) },
    solarizeProbability: unit(11),
    flipProbability: unit(12),
    // A third of them rotate.
    rotation: number % 3 === 1 ? 45 * unit(14) : 0,
    policy: "none",
    randAugmentOperations: 2,
    randAugmentMagnitude: 9,
  };
}

/** Images of noise, on which resampling differs most. */
export function noiseImages(count: number, size: number, channels: 1 | 3, stream = 0): ImageSet {
  const words = random.words(count * size * size * channels, size, channels, 1 + stream);
  return {
    count,
    size,
    channels,
    pixels: Uint8Array.from(words, (word) => word >>> 24),
    labels: Int32Array.from({ length: count }, (_, i) => i % 10),
  };
}
