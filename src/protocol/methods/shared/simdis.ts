import type { Paper } from "../method";

/** Data shared by SimDis-Off and SimDis-On. */

export const simdisPaper: Paper = {
  title: "Simple Distillation Baselines for Improving Small Self-supervised Models",
  authors: "Gu, Liu, Tian",
  year: 2021,
  arxiv: "2106.11304",
};

export const simdisCaveats = [
  "The paper's text has two predictors, its code and its compute table one per target view. Default: one per target view.",
  "The paper's compute table counts single forward passes. Counted as training does, offline costs about 1.17 times online, not 1.69 times, if teacher and student train equally long; a teacher that trains longer than its student costs more. The compute ledger shows it for these arms.",
  "Which target views belong to the middle rows of the paper's ablation table is not known here; only {3} and all seven are certain.",
  "The published code overwrites the base learning rate; the ablation's 0.05 is taken from the paper.",
];

export const simdisWords = {
  V: "𝒱: the selected target views",
  t: "tᵢ: target view i at unit length; v′ swaps the views",
  heads: "qᵢ: a predictor for each target",
  twoHeads: "q: one predictor for the student's targets, one for the teacher's",
};
