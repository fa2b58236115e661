import type { FieldWords } from "./words";

/** What every control is called and why one would change it. */
export const fields = {
  // Images
  source: {
    label: "Images",
    help: "The built-in Shapes are drawn in your browser. Your own images stay on this machine, too: nothing is uploaded.",
  },
  resolution: {
    label: "Resolution",
    unit: "px",
    help: "Pixels per side that every image is brought to, from 16 to 64. Twice the resolution costs four times the compute.",
  },
  difficulty: {
    label: "Difficulty",
    help: "How much place, size, clutter and texture vary. Nearest neighbours on raw pixels reach about 62 % on easy and 37 % on hard images.",
  },
  train: {
    label: "Training images",
    help: "How many images networks learn from. A tenth or so is set aside to choose rates.",
  },
  test: {
    label: "Held-out images",
    help: "How many images accuracies are measured on. More make the figures steadier: with 1,000 the standard error is about 1.6 points.",
  },
  validationShare: {
    label: "Share for validation",
    help: "The share of each class on which rates are chosen, drawn from the training images unless a folder or file holds it.",
  },
  testShare: {
    label: "Share held out",
    help: "The share of each class on which accuracies are measured, where no folder or file is set aside for testing.",
  },
  perClass: {
    label: "Images per class",
    help: "At most so many training images of each class are used. A smaller limit keeps some of what a larger one keeps, so that arms of data can be compared.",
  },
  unlabelled: {
    label: "Labels withheld",
    help: "The share of each class whose labels nobody sees. Those images are left out of training but for schemes that use images without labels, such as SSLD, or all that need none.",
  },
  unlabelledFor: {
    label: "Images without labels are for",
    help: "Methods that need no labels, and the teachers that they train, can learn from these images, too; judges and probes keep to labelled ones. Pictures that are held out as well are left out.",
  },
  labelNoise: {
    label: "Wrong labels",
    help: "The share of training images that get the label of another class, drawn from the seed. Held-out images keep their own. Methods without labels do not notice.",
  },
  datasetSeed: {
    label: "Drawing seed",
    help: "Another seed draws other images, and splits folders without train and test another way.",
  },
  // Shared training settings
  batchSize: {
    label: "Batch size",
    unit: "images",
    help: "Images per optimiser step; each is seen in two views. Learning rates scale with it. Below 32, batch norm's statistics get noisy.",
  },
  seeds: {
    label: "Seeds",
    help: "Every arm is trained once per seed. Arms share data order and initialisation of a seed, so that their differences can be taken in pairs. One seed shows a curve; three to five begin to show a difference.",
  },
  everySteps: {
    label: "Evaluate every",
    unit: "steps",
    help: "How often held-out accuracy is measured while training. Rarer is faster.",
  },
  knnNeighbours: {
    label: "kNN neighbours",
    help: "How many of the nearest training images vote for a held-out image's class.",
  },
  knnTemperature: {
    label: "kNN temperature",
    help: "How fast a vote fades with distance: weight = exp(similarity / temperature).",
  },
  // Arm
  armName: { label: "Name", help: "How this arm is called on charts and in tables." },
  method: {
    label: "Scheme",
    help: "How the student learns: from labels, from itself (BYOL), or from a teacher that is trained first (offline) or alongside (online).",
  },
  studentNetwork: {
    label: "Student network",
    help: "The small network that is to become good. R8 and R18 are CIFAR-style residual networks of basic blocks; R26b and R50 have bottlenecks.",
  },
  studentWidth: {
    label: "Student width",
    help: "Multiplies the channels of every layer, in steps of 0.125. Compute grows about with its square.",
  },
  teacherNetwork: {
    label: "Teacher network",
    help: "The network that the student learns from. Wider or deeper than the student, or there is little to teach.",
  },
  teacherWidth: {
    label: "Teacher width",
    help: "Multiplies the channels of every layer of the teacher, in steps of 0.125.",
  },
  steps: {
    label: "Student steps",
    unit: "steps",
    help: "Updates of the student; online the teacher makes as many alongside. Learning often sets in only after 200 to 300.",
  },
  teacherSteps: {
    label: "Teacher steps",
    unit: "steps",
    help: "Updates of the offline teacher before the student begins. It is trained once per seed and reused by arms that ask for the same one.",
  },
  learningRate: {
    label: "Learning rate",
    unit: "per 256",
    help: "Per 256 images: a step's rate is this times batch size / 256, times the schedule (warm-up, then cosine to zero).",
  },
  teacherLearningRate: {
    label: "Teacher's rate",
    unit: "per 256",
    help: "The same for the teacher. Wide networks need lower rates.",
  },
  momentum: { label: "Momentum", help: "Share of the last update that the optimiser keeps." },
  weightDecay: {
    label: "Weight decay",
    help: "Pull of every weight towards zero. Helps against collapse.",
  },
  warmup: {
    label: "Warm-up",
    help: "Share of a stage's steps in which the learning rate rises linearly. At least 100 steps are advisable.",
  },
  tau0: {
    label: "EMA momentum τ₀",
    help: "How slowly the momentum networks follow at the start: they keep τ of themselves at each step. It rises to 1. (1 − τ₀) × steps should be 20 or more.",
  },
  // Views
  scale: {
    label: "Crop area",
    help: "Which share of the image's area a random crop keeps. Lower is harder.",
  },
  brightness: {
    label: "Brightness",
    unit: "±",
    help: "Brightness is multiplied by a factor from 1 − s to 1 + s.",
  },
  contrast: {
    label: "Contrast",
    unit: "±",
    help: "Distance to the mean gray is multiplied by a factor from 1 − s to 1 + s.",
  },
  saturation: {
    label: "Saturation",
    unit: "±",
    help: "Distance to gray is multiplied by a factor from 1 − s to 1 + s.",
  },
  hue: {
    label: "Hue",
    unit: "±",
    help: "Colours turn by up to this share of the colour circle. On Shapes it matters most: without it, colour alone tells which views belong together.",
  },
  hueSpace: {
    label: "Hue turns in",
    help: "YIQ keeps the lightness of every pixel, so outlines stay visible; HSV, as in torchvision, keeps the brightest channel and lets lightness change.",
  },
  jitterProbability: {
    label: "Jitter, chance",
    help: "How often brightness, contrast, saturation and hue change at all.",
  },
  grayscaleProbability: { label: "Grayscale, chance", help: "How often a view loses its colour." },
  blurProbability: {
    label: "Blur, chance",
    help: "How often a view is blurred. Small images lose much by it: off by default.",
  },
  blurSigma: { label: "Blur width", unit: "px", help: "Standard deviation of the Gaussian blur, in pixels." },
  solarizeProbability: { label: "Solarise, chance", help: "How often bright pixels are inverted." },
  rotation: {
    label: "Rotation",
    unit: "° ±",
    help: "The crop is turned about its middle by up to this angle, either way.",
  },
  policy: {
    label: "Augmentation policy",
    help: "RandAugment applies operations drawn at random, all at one magnitude. AutoAugment applies one of the 25 pairs of operations that a search found for CIFAR-10. Both come after the blur and before the flip.",
  },
  randAugmentOperations: {
    label: "Operations",
    help: "How many of RandAugment's operations are applied, one after the other.",
  },
  randAugmentMagnitude: {
    label: "Magnitude",
    unit: "of 30",
    help: "How strong each operation is: at 30 images turn by 30°, slant by 0.3 and move by 0.3 of their side.",
  },
  flipProbability: { label: "Flip, chance", help: "How often a view is mirrored left to right." },
} satisfies Record<string, FieldWords>;
