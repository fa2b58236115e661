import { type Knob, targetViewNumbers } from "./knobs";

/** The settings of every scheme, beside those that every arm has. Their order is the page's. */

const batchNorm = (fallback: "train" | "eval", help: string) =>
  ({
    kind: "choice",
    options: ["train", "eval"],
    default: fallback,
    optionLabels: { train: "Statistics of the batch", eval: "Running statistics" },
    label: "Teacher's batch norm",
    help,
  }) as const satisfies Knob;

const targets = {
  kind: "targetViews",
  default: [3, 7],
  label: "Target views",
  help: `Which of the ${targetViewNumbers.length} embeddings the student predicts: its own, its momentum copy's, the teacher's, the teacher's momentum copy's, of the same view or the other.`,
} as const satisfies Knob;

const heads = {
  kind: "choice",
  options: ["perTarget", "two"],
  default: "perTarget",
  optionLabels: { perTarget: "One per target view", two: "Two" },
  label: "Prediction heads",
  help: "The paper's text has two heads, one for the student's and one for the teacher's targets; its code and compute table have one per target view.",
} as const satisfies Knob;

const temperature = (fallback: number, help: string) =>
  ({
    kind: "real",
    min: 0.0001,
    max: 20,
    default: fallback,
    step: fallback >= 1 ? 1 : 0.01,
    label: "Temperature",
    help,
  }) as const satisfies Knob;

export const schemeKnobs = {
  supervised: {},
  byol: {},
  "simdis-off": {
    targets,
    heads,
    teacherBatchNorm: batchNorm(
      "train",
      "The published code leaves the frozen teacher in training mode, so that its batch norm uses the statistics of each batch. Evaluation mode uses its running statistics.",
    ),
  },
  "simdis-on": { targets, heads },
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
