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
  tex: String.raw`\frac{1}{|\mathcal V|}\sum_{i\in\mathcal V}\left\|\overline{q_i(z_S(v))}-\mathrm{sg}\,\overline{t_i(v)}\right\|_2^2+\left\|\overline{q_i(z_S(v'))}-\mathrm{sg}\,\overline{t_i(v')}\right\|_2^2`,
  equation: "mean over target views i of ‖n(qᵢ(z_S(v))) − sg n(tᵢ(v))‖² + the same with v′ for v",
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
    tex: String.raw`\left\|\overline{q(z(v))}-\mathrm{sg}\,\overline{\hat z(v')}\right\|_2^2+\left\|\overline{q(z(v'))}-\mathrm{sg}\,\overline{\hat z(v)}\right\|_2^2`,
    equation: "‖n(q(z(v))) − sg n(ẑ(v′))‖² + ‖n(q(z(v′))) − sg n(ẑ(v))‖²",
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
} as const satisfies Record<string, MethodDescription>;
