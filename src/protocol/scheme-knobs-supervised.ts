import type { Knob } from "./knobs";
import { batchNorm, temperature } from "./shared-knobs";

/** Settings of the schemes whose student or teacher learns from labels. Their order is the page's. */
export const supervisedKnobs = {
  supervised: {},
  kd: {
    alpha: {
      kind: "real",
      min: 0,
      max: 1,
      default: 0.5,
      step: 0.05,
      label: "Weight α of the teacher",
      help: "The labels' loss has the rest, 1 − α. At 0 the student learns from labels alone, exactly as a supervised one.",
    },
    temperature: temperature(
      4,
      "Both networks' logits are divided by it before the softmax: above 1 the unlikely classes are heard. The article gives none; 4 is usual.",
    ),
    scaling: {
      kind: "choice",
      options: ["article", "hinton"],
      default: "article",
      optionLabels: { article: "As the article: none", hinton: "Hinton's: times τ²" },
      label: "Scale of the teacher's loss",
      help: "Softened targets shrink the gradient by about τ². Hinton multiplies it back; the article does not, which at τ = 4 leaves the labels nearly alone.",
    },
    teacherBatchNorm: batchNorm("eval", "Evaluation mode gives an image the same target in every batch."),
  },
  dml: {
    members: {
      kind: "whole",
      min: 2,
      max: 4,
      default: 2,
      step: 1,
      label: "Members",
      help: "Networks that learn together, each from the labels and from the others. The first is the student that curves show.",
    },
    peers: {
      kind: "choice",
      options: ["student", "teacher"],
      default: "student",
      optionLabels: { student: "The student's", teacher: "The teacher's" },
      label: "Network of the other members",
      help: "All members alike, or the others as large as the teacher. No member is trained before.",
    },
    order: {
      kind: "choice",
      options: ["simultaneous", "sequential"],
      default: "simultaneous",
      optionLabels: { simultaneous: "All at once", sequential: "One after the other" },
      label: "Updates",
      help: "One after the other is the paper's algorithm: a member learns from peers that this step has already updated, which costs their forward passes again.",
    },
    excludeCrashed: {
      kind: "toggle",
      default: false,
      label: "Do not learn from crashed members",
      help: "A member whose validation accuracy fell back to chance drags the others along. It keeps learning, but nobody learns from it.",
    },
  },
  funmatch: {
    input: {
      kind: "choice",
      options: [
        "functionMatching",
        "consistentInception",
        "consistentRandom",
        "independent",
        "fixedResize",
        "fixedCentre",
        "fixedMultiCrop",
      ],
      default: "functionMatching",
      optionLabels: {
        functionMatching: "Function matching: one crop and mixup, shared",
        consistentInception: "Consistent: one inception crop, shared",
        consistentRandom: "Consistent: one square crop, shared",
        independent: "Independent noise: a crop each",
        fixedResize: "Fixed teacher: the whole image",
        fixedCentre: "Fixed teacher: its centre",
        fixedMultiCrop: "Fixed teacher: mean over all windows",
      },
      label: "What the two networks see",
      help: "The article's point: both should see exactly the same image, however it is distorted. With a fixed teacher the student's crop differs from what the teacher saw.",
    },
    temperature: temperature(
      2,
      "Both networks' logits are divided by it before the softmax. The article tries 1, 2, 5 and 10.",
    ),
    mixup: {
      kind: "choice",
      options: ["shared", "separate"],
      default: "shared",
      optionLabels: { shared: "Same for both", separate: "A weight of their own" },
      label: "Mixup",
      help: "Only with function matching. The article's text reads as if each network mixed by itself, which contradicts its own argument and its code: there both see the same mixed images.",
    },
    teachers: {
      kind: "whole",
      min: 1,
      max: 3,
      default: 1,
      step: 1,
      label: "Teachers",
      help: "Several teachers start from different numbers; the student learns from the mean of their divergences, which has the gradient of their mean probabilities.",
    },
    teacherSize: {
      kind: "real",
      min: 1,
      max: 2,
      default: 1,
      step: 0.25,
      unit: "×",
      label: "Teacher's image size",
      help: "The teacher is trained on and shown the same crops, resampled to this many times the student's pixels per side.",
    },
    teacherBatchNorm: batchNorm(
      "eval",
      "The article's teachers have no batch norm. Running statistics make the teacher a fixed function.",
    ),
  },
  ssld: {
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
      help: "What the student minimises towards the teacher's probabilities. KL and soft cross-entropy have the same gradient.",
    },
    teacherBatchNorm: batchNorm(
      "train",
      "The document found statistics of the batch better: 76.00 against 75.84.",
    ),
  },
} as const satisfies Record<string, Readonly<Record<string, Knob>>>;
