import { defineMethod, none, trainedBefore } from "./method";
import { batchNorm, standardized, temperature } from "./shared/knobs";
import { labelRates } from "./shared/rates";

const refused = {
  otherWeight: "above 0, unless the other weight is",
} as const;

export const dkd = defineMethod({
  name: "DKD",
  summary:
    "Knowledge distillation with its two parts weighted apart: how sure the teacher is of the class, and how it ranks the others.",
  paper: {
    title: "Decoupled Knowledge Distillation",
    authors: "Zhao et al.",
    year: 2022,
    arxiv: "2203.08679",
  },
  caveats: [
    "Plain distillation is the sum of both parts, the second one weighted by 1 − p of the class: the surer the teacher, the less is learned about the other classes. Here that weight is β.",
    "With two classes the second part is always 0.",
    "The published settings are for 100 classes. With ten, fewer classes are left to rank.",
  ],
  knobs: {
    alpha: {
      kind: "real",
      min: 0,
      max: 20,
      default: 1,
      step: 0.5,
      label: "Weight α of the target class",
      help: "Weight of the divergence between the true class and all others together.",
    },
    beta: {
      kind: "real",
      min: 0,
      max: 20,
      default: 8,
      step: 0.5,
      label: "Weight β of the other classes",
      help: "Weight of the divergence among the classes other than the true one. The published code has 8, and other values for other networks.",
    },
    temperature: temperature(4, "Of both parts, which are multiplied by its square."),
    ramp: {
      kind: "real",
      min: 0,
      max: 1,
      default: 0.08,
      step: 0.01,
      label: "Ramp",
      help: "Share of the steps over which both parts' weights grow from 0. The published code takes 20 of 240 epochs.",
    },
    standardized,
    teacherBatchNorm: batchNorm(
      "eval",
      "With running statistics an image has the same target in every batch.",
    ),
  },
  words: {
    parts: (alpha: string, beta: string) => `y × ${alpha}, others × ${beta}`,
    b: "b: the class y against all others; p̂: softmax without y",
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
  idle: none,
  refusals: ({ alpha, beta }, { at }) =>
    alpha + beta > 0
      ? []
      : ["alpha", "beta"].map((name) => ({ path: at(name), allowed: refused.otherWeight })),
});
