import { defineMethod, none, trainedBefore } from "./method";
import { batchNorm, standardized, temperature } from "./shared/knobs";
import { labelRates } from "./shared/rates";

export const kd = defineMethod({
  name: "Knowledge distillation",
  summary:
    "A supervised teacher is trained first; the student learns from the labels and from the teacher's softened outputs.",
  paper: {
    title: "Distilling the Knowledge in a Neural Network",
    authors: "Hinton, Vinyals, Dean",
    year: 2015,
    arxiv: "1503.02531",
  },
  caveats: [
    "Hinton's paper multiplies the teacher's term by τ²; code that leaves the factor out is common. Both forms can be chosen.",
    "Standardized logits (Sun et al. 2024) always have the factor τ². The authors give the labels a weight of 0.1 and the teacher 9, at τ = 2.",
    "Ten classes say little beyond the label: gains are small, and a teacher that has memorized its training images teaches one-hot targets.",
  ],
  knobs: {
    alpha: {
      kind: "real",
      min: 0,
      max: 1,
      default: 0.5,
      step: 0.05,
      label: "Weight α of the teacher",
      help: "The loss on labels has the rest, 1 − α. At 0 the student learns from labels alone, exactly as a supervised one.",
    },
    temperature: temperature(
      4,
      "Both networks' logits are divided by it before the softmax: above 1, unlikely classes get more weight. 4 is a common choice.",
    ),
    scaling: {
      kind: "choice",
      options: ["article", "hinton"],
      default: "article",
      optionLabels: { article: "No factor", hinton: "Hinton's: times τ²" },
      label: "Scale of the teacher's loss",
      help: "Softened targets shrink the gradient by about τ². Hinton's factor restores it; without it, at τ = 4, the student learns almost from labels alone.",
    },
    standardized,
    teacherBatchNorm: batchNorm(
      "eval",
      "With running statistics an image has the same target in every batch.",
    ),
  },
  words: {
    weight: (share: string) => `y, × ${share}`,
    weighted: (temperature: string, share: string) => `p at τ = ${temperature}, × ${share}`,
  },
  needsLabels: true,
  hasClassifier: true,
  rates: labelRates,
  smallest: {},
  teacher: trainedBefore("supervised"),
  targetViews: none,
  queues: none,
  peers: none,
  idle: ({ standardized: isStandardized }) => (isStandardized ? ["scaling"] : []),
  refusals: none,
});
