import { drawnDifficulties, imageSizeLimits, maxDetail, unlabeledUses } from "../dataset";
import { type KnobSet, MAX_SEED } from "./knobs";

/** More images than any class has, which means no limit. */
const MAX_PER_CLASS = 100_000;

const resolution = {
  kind: "whole",
  ...imageSizeLimits,
  default: 16,
  step: 4,
  unit: "px",
  label: "Resolution",
  help: "Pixels per side that every image is resized to, from 16 to 64. Twice the resolution costs four times the compute.",
} as const;

const withheld = {
  labelNoise: {
    kind: "real",
    min: 0,
    max: 1,
    default: 0,
    step: 0.05,
    label: "Wrong labels",
    help: "The share of training images that get the label of another class, drawn from the seed. Held-out images keep their own. Methods without labels are not affected.",
  },
  unlabelled: {
    kind: "real",
    min: 0,
    max: 0.95,
    default: 0,
    step: 0.05,
    label: "Labels withheld",
    help: "The share of each class's training images whose labels are withheld. Only schemes that use images without labels learn from them, such as SSLD or, if chosen below, all that need none.",
  },
  unlabelledFor: {
    kind: "choice",
    options: unlabeledUses,
    default: "pools",
    optionLabels: { pools: "Pools only", selfSupervised: "All without labels" },
    label: "Unlabeled images are for",
    help: "Methods that need no labels, and the teachers they train, can learn from these images as well; evaluation and probes keep to labeled ones. Copies of held-out images are left out.",
  },
  seed: {
    kind: "whole",
    min: 0,
    max: MAX_SEED,
    default: 1,
    step: 1,
    label: "Drawing seed",
    help: "Another seed draws other images, and splits folders without train and test differently.",
  },
} as const satisfies KnobSet;

const difficulty = {
  kind: "choice",
  options: drawnDifficulties,
  default: "normal",
  optionLabels: { easy: "easy", normal: "normal", hard: "hard" },
  label: "Difficulty",
} as const;

const drawn = {
  train: {
    kind: "whole",
    min: 10,
    max: 100_000,
    default: 4_000,
    step: 500,
    label: "Training images",
    help: "Number of images that networks learn from. About a tenth is set aside for choosing rates.",
  },
  test: {
    kind: "whole",
    min: 10,
    max: 20_000,
    default: 1_000,
    step: 100,
    label: "Held-out images",
    help: "Number of images that accuracies are measured on. More make the figures steadier: with 1,000 the standard error is about 1.6 points.",
  },
  ...withheld,
} as const satisfies KnobSet;

/** The built-in shapes. */
export const shapesKnobs = {
  resolution,
  difficulty: {
    ...difficulty,
    help: "How much place, size, clutter and texture vary. Nearest neighbors on raw pixels reach about 62 % on easy and 37 % on hard images.",
  },
  ...drawn,
} as const satisfies KnobSet;

/** The built-in textures. */
export const texturesKnobs = {
  resolution,
  difficulty: {
    ...difficulty,
    help: "How much period, angle, warp and noise vary. Nearest neighbors on raw pixels reach about 39 % on easy, 30 % on normal and 25 % on hard images.",
  },
  ...drawn,
} as const satisfies KnobSet;

/** Images that the visitor provides. */
export const filesKnobs = {
  resolution,
  detail: {
    kind: "whole",
    min: 0,
    max: maxDetail,
    default: 0,
    step: 32,
    unit: "px",
    label: "Images kept at",
    help: `Pixels per side, for teachers that see more than the student: both see the same part of an image, each at its own size. At least the resolution. 2,000 images of ${maxDetail} px take 300 MB.`,
  },
  validation: {
    kind: "real",
    min: 0.01,
    max: 0.45,
    default: 0.1,
    step: 0.05,
    label: "Share for validation",
    help: "The share of each class on which rates are chosen, drawn from the training images unless a folder or file provides it.",
  },
  test: {
    kind: "real",
    min: 0.01,
    max: 0.45,
    default: 0.2,
    step: 0.05,
    label: "Share held out",
    help: "The share of each class on which accuracies are measured, unless a folder or file is set aside for testing.",
  },
  perClass: {
    kind: "whole",
    min: 1,
    max: MAX_PER_CLASS,
    default: MAX_PER_CLASS,
    step: 10,
    label: "Images per class",
    help: "At most this many training images of each class are used; the seed decides which. A smaller limit keeps a subset of a larger one's, so that amounts of data can be compared.",
  },
  ...withheld,
} as const satisfies KnobSet;
