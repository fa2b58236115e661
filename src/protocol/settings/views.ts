import type { KnobSet } from "./knobs";

const share = (label: string, help: string, fallback: number) =>
  ({ kind: "real", min: 0, max: 1, default: fallback, step: 0.05, slider: {}, label, help }) as const;

const strength = (label: string, help: string) => ({ ...share(label, help, 0.8), unit: "±" }) as const;

/** Settings of one view (docs/methods.md §4). Jitter factors are drawn from 1 ± strength, hue shifts from ± hue turns. */
export const viewKnobs = (solarizeProbability: number) =>
  ({
    scale: {
      kind: "range",
      min: 0.02,
      max: 1,
      default: { min: 0.3, max: 1 },
      step: 0.02,
      slider: {},
      label: "Crop area",
      help: "Share of the image's area that a random crop keeps. Lower is harder.",
    },
    brightness: strength("Brightness", "Brightness is multiplied by a factor from 1 − s to 1 + s."),
    contrast: strength(
      "Contrast",
      "Distance to the mean gray is multiplied by a factor from 1 − s to 1 + s.",
    ),
    saturation: strength("Saturation", "Distance to gray is multiplied by a factor from 1 − s to 1 + s."),
    hue: {
      kind: "real",
      min: 0,
      max: 0.5,
      default: 0.5,
      step: 0.05,
      slider: {},
      unit: "±",
      label: "Hue",
      help: "Colors turn by up to this share of the color circle. On Shapes it matters most: without it, color alone reveals which views belong together.",
    },
    hueSpace: {
      kind: "choice",
      options: ["yiq", "hsv"],
      default: "yiq",
      optionLabels: { yiq: "YIQ", hsv: "HSV" },
      label: "Hue turns in",
      help: "YIQ keeps the lightness of every pixel, so outlines stay visible; HSV, as in torchvision, keeps the brightest channel and lets lightness change.",
    },
    jitterProbability: share(
      "Jitter, chance",
      "How often brightness, contrast, saturation and hue change at all.",
      0.8,
    ),
    grayscaleProbability: share("Grayscale, chance", "How often a view loses its color.", 0.2),
    blurProbability: share(
      "Blur, chance",
      "How often a view is blurred. It removes too much detail from small images: off by default.",
      0,
    ),
    blurSigma: {
      kind: "range",
      min: 0.05,
      max: 4,
      default: { min: 0.1, max: 1 },
      step: 0.05,
      slider: {},
      unit: "px",
      label: "Blur width",
      help: "Standard deviation of the Gaussian blur, in pixels.",
    },
    solarizeProbability: share(
      "Solarize, chance",
      "How often bright pixels are inverted.",
      solarizeProbability,
    ),
    flipProbability: share("Flip, chance", "How often a view is mirrored left to right.", 0.5),
    rotation: {
      kind: "real",
      min: 0,
      max: 180,
      default: 0,
      step: 5,
      slider: { max: 45 },
      unit: "° ±",
      label: "Rotation",
      help: "The crop is turned about its center by up to this angle, either way.",
    },
    policy: {
      kind: "choice",
      options: ["none", "randAugment", "autoAugment"],
      default: "none",
      optionLabels: { none: "None", randAugment: "RandAugment", autoAugment: "AutoAugment" },
      label: "Augmentation policy",
      help: "RandAugment applies operations drawn at random, all at one magnitude. AutoAugment applies one of the 25 pairs of operations that a search found for CIFAR-10. Both come after the blur and before the flip.",
    },
    randAugmentOperations: {
      kind: "whole",
      min: 1,
      max: 3,
      default: 2,
      step: 1,
      slider: {},
      label: "Operations",
      help: "How many of RandAugment's operations are applied, one after the other.",
    },
    randAugmentMagnitude: {
      kind: "whole",
      min: 0,
      max: 30,
      default: 9,
      step: 1,
      slider: {},
      unit: "of 30",
      label: "Magnitude",
      help: "How strong each operation is: at 30 images turn by 30°, slant by 0.3 and move by 0.3 of their side.",
    },
  }) as const satisfies KnobSet;
