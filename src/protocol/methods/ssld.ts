import { defineMethod, none, trainedBefore } from "./method";
import { batchNorm, standardized } from "./shared/knobs";
import { labelRates } from "./shared/rates";

const refused = {
  noPool: "not used, while no image's label is withheld",
  withheldLabels: "above 0 for a scheme that learns from images without labels",
  plainLogits: "off, except with the divergence KL",
  standardizedKL: "KL, with standardized logits",
} as const;

export const ssld = defineMethod({
  name: "SSLD",
  summary: "The student imitates a frozen supervised teacher's probabilities and sees no label itself.",
  paper: {
    title:
      "Beyond Self-Supervision: A Simple Yet Effective Network Distillation Alternative to Improve Backbones",
    authors: "Cui et al.",
    year: 2021,
    arxiv: "2103.05959",
  },
  caveats: [
    "The divergence that the published code calls JS is half of Jeffreys' divergence, which has no upper bound; the Jensen–Shannon divergence is a different one. Both can be chosen.",
    "With a frozen teacher KL and soft cross-entropy have the same gradient: a gain of one over the other can only be chance.",
    "PaddleClas's documentation compares modes of the teacher's batch norm in a table without row labels; which figure belongs to which mode is taken from its text.",
    "For the Fix strategy the documentation says images 1.15 times as large, but its own run went from 224 to 320 pixels, 1.43 times.",
    "Fine-tuning has a constant rate here, a cosine with warm-up in the documentation. Weight decay starts at 0.0005; the documentation uses 0.00001 to 0.00007 for small networks.",
  ],
  knobs: {
    divergence: {
      kind: "choice",
      options: ["paddleJS", "trueJS", "KL", "CEsoft"],
      default: "paddleJS",
      optionLabels: {
        paddleJS: "Half of Jeffreys' (the code's “JS”)",
        trueJS: "Jensen–Shannon",
        KL: "Kullback–Leibler",
        CEsoft: "Soft cross-entropy",
      },
      label: "Divergence",
      help: "Divergence between the student's and the teacher's probabilities that the student minimizes. KL and soft cross-entropy have the same gradient.",
    },
    standardized,
    teacherBatchNorm: batchNorm(
      "train",
      "PaddleClas's documentation found batch statistics better: 76.00 against 75.84.",
    ),
    autoAugment: {
      kind: "toggle",
      default: false,
      label: "AutoAugment, half the weight decay",
      help: "The student's images also go through AutoAugment's pairs of operations, and its weight decay is halved. PaddleClas's documentation made the two changes together, with decay from 4e-5 to 2e-5.",
    },
    pool: {
      kind: "choice",
      options: ["none", "selected", "whole"],
      default: "none",
      optionLabels: {
        none: "Not used",
        selected: "Those the teacher is surest of",
        whole: "All of them",
      },
      label: "Unlabeled images",
      help: "With the share of images whose labels are withheld (see Images): the teacher predicts their classes, copies of held-out images are removed, and the student learns from the rest in addition to the labeled ones. Fine-tuning does not use them.",
    },
    perClass: {
      kind: "whole",
      min: 1,
      max: 100_000,
      default: 200,
      step: 50,
      label: "Chosen per class",
      help: "At most this many images that the teacher assigns to a class, the surest first.",
    },
    fineTune: {
      kind: "real",
      min: 0,
      max: 0.5,
      default: 0,
      step: 0.05,
      label: "Fine-tuning",
      help: "Share of the steps at the end in which the same loss is minimized at a hundredth of the rate. PaddleClas's documentation does so for 30 epochs after 360.",
    },
  },
  words: { probabilities: "p of the same pixels", ...refused },
  needsLabels: true,
  hasClassifier: true,
  rates: labelRates,
  smallest: {},
  teacher: trainedBefore("supervised"),
  targetViews: none,
  queues: none,
  peers: none,
  idle: ({ pool }) => (pool === "selected" ? [] : ["perClass"]),
  refusals: ({ pool, divergence, standardized: isStandardized }, { dataset, at }) => [
    ...(pool === "none" || dataset.unlabelled > 0
      ? []
      : [
          { path: at("pool"), allowed: refused.noPool },
          {
            path: ["dataset", "unlabelled"],
            allowed: refused.withheldLabels,
          },
        ]),
    ...(!isStandardized || divergence === "KL"
      ? []
      : [
          { path: at("standardized"), allowed: refused.plainLogits },
          { path: at("divergence"), allowed: refused.standardizedKL },
        ]),
  ],
});
