import type { MethodDescription, Paper } from "./method-description";

/** Schemes that learn without labels. */

const simdisPaper: Paper = {
  title: "Simple Distillation Baselines for Improving Small Self-supervised Models",
  authors: "Gu, Liu, Tian",
  year: 2021,
  arxiv: "2106.11304",
};

const simdis = {
  paper: simdisPaper,
  needsLabels: false,
} as const;

const simdisCaveats = [
  "The paper's text has two predictors, its code and its compute table one per target view. Default: one per target view.",
  "The paper's compute table counts single forward passes. Counting what training does, offline costs about 1.17 times online, not 1.69 times.",
  "Which target views belong to the middle rows of the paper's ablation table is not known here; only {3} and all seven are certain.",
  "The published code overwrites the base learning rate; the ablation's 0.05 is taken from the paper.",
];

export const selfSupervisedMethods = {
  byol: {
    name: "BYOL",
    summary: "The student alone, without labels: it predicts what its own slow copy makes of the other view.",
    paper: {
      title: "Bootstrap Your Own Latent: A New Approach to Self-Supervised Learning",
      authors: "Grill et al.",
      year: 2020,
      arxiv: "2006.07733",
    },
    caveats: [
      "Implementations scale this loss differently; learning rates of those that average cosines are not portable.",
    ],
    stages: ["student"],
    needsLabels: false,
  },
  "simdis-off": {
    ...simdis,
    name: "SimDis-Off",
    summary:
      "A BYOL teacher is trained first and frozen; then the student predicts the teacher's embeddings too.",
    caveats: [
      ...simdisCaveats,
      "The published code never switches the frozen teacher to evaluation: its batch norm uses batch statistics. Default: as there.",
    ],
    stages: ["teacher", "student"],
  },
  "simdis-on": {
    ...simdis,
    name: "SimDis-On",
    summary:
      "Teacher and student learn in the same steps; nothing of the student's loss reaches the teacher.",
    caveats: simdisCaveats,
    stages: ["joint"],
  },
  moco: {
    name: "MoCo-v2",
    summary:
      "The student alone, without labels: it picks its image's other view out of a queue of earlier images.",
    paper: {
      title: "Improved Baselines with Momentum Contrastive Learning",
      authors: "Chen, Fan, Girshick, He",
      year: 2020,
      arxiv: "2003.04297",
    },
    caveats: [
      "Shuffling among GPUs is done here on one device: batch norm in groups, the keys' groups shuffled.",
      "Symmetric forms differ: the published small-image demo adds both directions, other code averages them.",
    ],
    stages: ["student"],
    needsLabels: false,
  },
  seed: {
    name: "SEED",
    summary:
      "The student learns to find an image's neighbours in a queue as a frozen self-supervised teacher does.",
    paper: {
      title: "SEED: Self-supervised Distillation for Visual Representation",
      authors: "Fang et al.",
      year: 2021,
      arxiv: "2101.04731",
    },
    caveats: [
      "The teacher's temperature is 0.0001 in the published code and, as far as remembered, 0.01 in the paper. Default: 0.01.",
      "How the paper weighs patches against whole crops is not known here: the two kinds are averaged.",
    ],
    stages: ["teacher", "student"],
    needsLabels: false,
  },
  compress: {
    name: "CompRess",
    summary:
      "The student's similarities to a queue of earlier images should be the frozen teacher's; no projector.",
    paper: {
      title: "CompRess: Self-Supervised Learning by Compressing Representations",
      authors: "Koohpayegani, Tejankar, Pirsiavash",
      year: 2020,
      arxiv: "2010.14713",
    },
    caveats: ["The published queue has 128,000 entries; here it is a share of a small dataset."],
    stages: ["teacher", "student"],
    needsLabels: false,
  },
  dino: {
    name: "DINO",
    summary:
      "The student alone, without labels: it matches its own average's centred, sharpened outputs on other views.",
    paper: {
      title: "Emerging Properties in Self-Supervised Vision Transformers",
      authors: "Caron et al.",
      year: 2021,
      arxiv: "2104.14294",
    },
    caveats: [
      "The teacher here is the student's own average: self-distillation, not a larger network. It is the one that is judged.",
      "With batches of 256 the authors advise a momentum of 0.9995; short runs need less, or the teacher stays where it began.",
    ],
    stages: ["student"],
    needsLabels: false,
  },
  s2bnn: {
    name: "S2-BNN",
    summary:
      "A binary student learns without labels: by contrast, from a real-valued teacher's embedding, or both.",
    paper: {
      title:
        "S2-BNN: Bridging the Gap Between Self-Supervised Real and 1-bit Neural Networks via Guided Distribution Calibration",
      authors: "Shen et al.",
      year: 2021,
      arxiv: "2102.08946",
    },
    caveats: [
      "The code's flag says cosine; the rate falls linearly, epoch by epoch. Choose that schedule to follow it.",
      "A figure of 5.6 % in a summary stands for 56.0 %.",
      "A reading of why distillation alone wins is that the two terms pull apart; the cosine of their gradients at the embedding is shown.",
      "Weights and signs are multiplied as real numbers here: nothing of a binary network's speed is to be seen.",
    ],
    stages: ["teacher", "student"],
    needsLabels: false,
  },
} as const satisfies Record<string, MethodDescription>;
