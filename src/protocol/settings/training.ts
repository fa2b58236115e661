import type { KnobSet } from "./knobs";

/** Settings shared by all arms, except images and views. */
export const sharedKnobs = {
  batchSize: {
    kind: "whole",
    min: 2,
    max: 1_024,
    default: 64,
    step: 16,
    unit: "images",
    label: "Batch size",
    help: "Images per optimizer step; each is seen in two views. Learning rates scale with it. Below 32, batch norm's statistics get noisy.",
  },
  seeds: {
    kind: "seeds",
    most: 20,
    default: [1],
    label: "Seeds",
    help: "Every arm is trained once per seed. Arms share a seed's data order and initialization, so that their differences can be taken in pairs. One seed shows a curve; three to five begin to show a difference.",
  },
} as const satisfies KnobSet;

/** Settings of the evaluation during training. */
export const evaluationKnobs = {
  part: {
    kind: "choice",
    options: ["test", "validation"],
    // Experiments of earlier pages do not name it, and their curves are of the test images.
    default: "test",
    optionLabels: { test: "test images", validation: "validation images" },
    label: "Curves measured on",
    help: "On validation images, test images are used once, at the end, so that settings can be tuned by the curves. Experiments from earlier versions of this page measured their curves on test images.",
  },
  probe: {
    kind: "choice",
    options: ["sgd", "ridge"],
    default: "sgd",
    optionLabels: { sgd: "by SGD, as in papers", ridge: "in closed form" },
    label: "Linear classifier",
    help: "How linear accuracy is measured. In closed form: ridge regression, fitted to the end at every evaluation, within milliseconds. By SGD: a probe learns alongside the network and stays far below its final accuracy in short runs; at the end the best of six learning rates is used.",
  },
  everySteps: {
    kind: "whole",
    min: 1,
    max: 1_000_000,
    default: 25,
    step: 5,
    unit: "steps",
    label: "Evaluate every",
    help: "How often held-out accuracy is measured while training. Less often is faster.",
  },
  images: {
    kind: "whole",
    min: 30,
    max: 300_000,
    // Experiments of earlier pages do not name it.
    default: 3_000,
    step: 300,
    unit: "images",
    label: "Images for a point of the curves",
    help: "At most so many images are used for each point: two thirds are training images, to look neighbors up in and to fit the linear classifier on; one third are held out. Fewer take less time and make curves noisier. Final figures use all images.",
  },
  knnNeighbours: {
    kind: "whole",
    min: 1,
    max: 1_000,
    default: 20,
    step: 1,
    label: "kNN neighbors",
    help: "How many of the nearest training images vote for a held-out image's class.",
  },
  knnTemperature: {
    kind: "real",
    min: 0.001,
    max: 10,
    default: 0.07,
    step: 0.01,
    label: "kNN temperature",
    help: "How fast a vote fades with distance: weight = exp(similarity / temperature).",
  },
} as const satisfies KnobSet;
