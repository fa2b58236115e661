import type { OfflineScheme, SchemeMethod } from "./experiment";

export interface Paper {
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  readonly arxiv?: string;
}

export interface MethodDescription {
  readonly name: string;
  readonly summary: string;
  readonly paper?: Paper;
  /** The loss, as TeX. */
  readonly tex: string;
  /** The same in plain text. */
  readonly equation: string;
  /** Where sources are silent or disagree, and what is done here. */
  readonly caveats: readonly string[];
  /** The scheme's own settings, beside those that every arm has. */
  readonly knobs: readonly Exclude<keyof OfflineScheme, "method">[];
  /** What is trained, one after the other. "joint" trains teacher and student in the same steps. */
  readonly stages: readonly ("teacher" | "student" | "joint")[];
  readonly needsLabels: boolean;
}

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
  knobs: ["targets", "heads"],
  needsLabels: false,
} as const;

const simdisCaveats = [
  "The paper's text has two predictors, its code and its compute table one per target view. Default: one per target view.",
  "The paper's compute table counts single forward passes. Counting what training does, offline costs about 1.17 times online, not 1.69 times.",
  "Which target views belong to the middle rows of the paper's ablation table is not known here; only {3} and all seven are certain.",
  "The published code overwrites the base learning rate; the ablation's 0.05 is taken from the paper.",
];

export const methods = {
  supervised: {
    name: "Supervised",
    summary:
      "The student learns from labels alone: what the same network can do when it is told the classes.",
    tex: String.raw`-\log\,\mathrm{softmax}(f(v))_y`,
    equation: "−log softmax(f(v))[y]",
    caveats: [],
    knobs: [],
    stages: ["student"],
    needsLabels: true,
  },
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
    knobs: [],
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
    knobs: ["targets", "heads", "teacherBatchNorm"],
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
} as const satisfies Record<SchemeMethod, MethodDescription>;
