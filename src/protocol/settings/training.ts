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
    most: 10,
    default: [1],
    label: "Seeds",
    help: "Every arm is trained once per seed. Arms share a seed's data order and initialization, so that their differences can be taken in pairs. One seed shows a curve; three to five begin to show a difference.",
  },
} as const satisfies KnobSet;

/** Settings of the evaluation during training. */
export const evaluationKnobs = {
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
