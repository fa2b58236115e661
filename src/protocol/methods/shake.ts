import { defineMethod, none, trainedBefore } from "./method";
import { batchNorm, temperature, weight } from "./shared/knobs";
import { labelRates } from "./shared/rates";

const refused = {
  otherWeights: "above 0, unless another of the three weights is",
} as const;

export const shake = defineMethod({
  name: "SHAKE",
  summary:
    "A head on a frozen supervised teacher's features learns along with the student, and the two teach each other.",
  paper: {
    title: "Shadow Knowledge Distillation: Bridging Offline and Online Knowledge Transfer",
    authors: "Li, Jin",
    year: 2022,
  },
  caveats: [
    "The published commands set α = 0: the student learns from the labels and from the shadow head, not from the teacher itself.",
    "The published code standardizes all logits to a deviation of 3.1415 before every loss; with two classes this leaves no gradient. It can be turned off.",
    "The published head also joins the maps of two earlier stages; here it reads the teacher's last map only.",
  ],
  knobs: {
    gamma: weight(
      "Weight γ of the labels",
      1,
      "Weight of the student's cross-entropy with the true classes.",
    ),
    alpha: weight(
      "Weight α of the teacher",
      0,
      "Weight of the teacher's own softened outputs, as in knowledge distillation. The published commands leave them out.",
    ),
    beta: weight(
      "Weight β of the shadow head",
      1,
      "Weight of everything that concerns the shadow head: what it teaches the student, and its own loss. At 0 this is knowledge distillation.",
    ),
    temperature: temperature(4, "Of the three divergences, which are multiplied by its square."),
    standardized: {
      kind: "toggle",
      default: true,
      label: "Standardize logits",
      help: "As in the published code: all logits are shifted to mean 0 and scaled to a deviation of 3.1415 before every loss.",
    },
    teacherBatchNorm: batchNorm(
      "eval",
      "With running statistics an image has the same target in every batch.",
    ),
  },
  words: {
    frozenMap: "map",
    shadow: "p̃; learns from y, t, p",
    p: "p, p̃, t: outputs of student, shadow head and teacher",
    both: "M: mean square of the logits' difference",
    ...refused,
  },
  needsLabels: true,
  hasClassifier: true,
  rates: labelRates,
  smallest: {},
  teacher: trainedBefore("supervised"),
  targetViews: none,
  queues: none,
  peers: none,
  idle: ({ alpha, beta }) => (alpha === 0 && beta === 0 ? ["temperature"] : []),
  refusals: ({ gamma, alpha, beta }, { at }) =>
    gamma + alpha + beta > 0
      ? []
      : ["gamma", "alpha", "beta"].map((name) => ({
          path: at(name),
          allowed: refused.otherWeights,
        })),
});
