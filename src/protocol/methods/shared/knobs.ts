import { type Knob, targetViewNumbers } from "../../settings/knobs";

/** Settings that several methods share. */

export const batchNorm = (fallback: "train" | "eval", help: string) =>
  ({
    kind: "choice",
    options: ["train", "eval"],
    default: fallback,
    optionLabels: { train: "Batch statistics", eval: "Running statistics" },
    label: "Teacher's batch norm",
    help,
  }) as const satisfies Knob;

export const targets = {
  kind: "targetViews",
  default: [3, 7],
  label: "Target views",
  help: `Which of the ${targetViewNumbers.length} embeddings the student predicts: its own, its momentum copy's, the teacher's or the teacher's momentum copy's, of the same view or of the other.`,
} as const satisfies Knob;

export const heads = {
  kind: "choice",
  options: ["perTarget", "two"],
  default: "perTarget",
  optionLabels: { perTarget: "One per target view", two: "Two" },
  label: "Prediction heads",
  help: "The paper's text has two heads, one for the student's targets and one for the teacher's; its code and compute table have one per target view.",
} as const satisfies Knob;

export const temperature = (fallback: number, help: string) =>
  ({
    kind: "real",
    min: 0.0001,
    max: 20,
    default: fallback,
    step: fallback >= 1 ? 1 : 0.01,
    label: "Temperature",
    help,
  }) as const satisfies Knob;

export const standardized = {
  kind: "toggle",
  default: false,
  label: "Standardize logits",
  help: "Both networks' logits are shifted to mean 0 and divided by their own deviation before the softmax, so that the student has to match their order and spacing but not their size. With two classes nothing is left to learn.",
} as const satisfies Knob;

export const patches = {
  kind: "whole",
  min: 0,
  max: 6,
  default: 0,
  step: 1,
  label: "Small patches",
  help: "Number of small crops of every image, in addition to the full-size views: 5 to 40 % of its area, at about half its pixels per side.",
} as const satisfies Knob;

/** Of a term of the loss. */
export const weight = (label: string, fallback: number, help: string) =>
  ({ kind: "real", min: 0, max: 10, default: fallback, step: 0.1, label, help }) as const satisfies Knob;

export const peer = {
  kind: "choice",
  options: ["teacher", "student"],
  default: "teacher",
  optionLabels: { teacher: "The teacher's", student: "The student's" },
  label: "Network of the other member",
  help: "As large as the teacher, or like the student. It is not trained beforehand, and learns in the same steps.",
} as const satisfies Knob;

export const prototypes = (help: string) =>
  ({
    kind: "whole",
    min: 16,
    max: 8_192,
    default: 1_024,
    step: 256,
    label: "Prototypes",
    help,
  }) as const satisfies Knob;

export const frozenEpochs = (help: string) =>
  ({
    kind: "whole",
    min: 0,
    max: 10,
    default: 1,
    step: 1,
    unit: "epochs",
    label: "Prototypes frozen for",
    help,
  }) as const satisfies Knob;

export const clip = {
  kind: "real",
  min: 0,
  max: 100,
  default: 3,
  step: 1,
  label: "Clip each gradient",
  help: "Largest norm of each parameter's gradient; 0 turns clipping off. The optimizer's own clipping, where chosen, takes precedence.",
} as const satisfies Knob;

export const queue = {
  kind: "whole",
  min: 2,
  max: 65_536,
  default: 1_024,
  step: 64,
  unit: "embeddings",
  label: "Queue",
  help: "How many embeddings of earlier batches serve as candidates. A multiple of the batch size, and at most half of the training images, so that no image is in it twice.",
} as const satisfies Knob;

export const momentum = {
  kind: "real",
  min: 0,
  max: 0.9999,
  default: 0.99,
  step: 0.001,
  label: "Momentum",
  help: "Share of itself that the momentum network keeps at each step: 0.999 on ImageNet, 0.99 on small images. At 0 the queue's embeddings go stale at once.",
} as const satisfies Knob;

export const normGroups = {
  kind: "whole",
  min: 1,
  max: 64,
  default: 8,
  step: 1,
  label: "Batch norm groups",
  help: "The batch is normalized in this many parts, of 32 images in the published code, and the keys' parts are shuffled, so that batch statistics do not reveal which key belongs to a query. 1 turns this off.",
} as const satisfies Knob;

export const teacherMethod = {
  kind: "choice",
  options: ["moco", "byol"],
  default: "moco",
  optionLabels: { moco: "MoCo-v2", byol: "BYOL" },
  label: "Teacher trained by",
  help: "How the frozen teacher is trained, in a stage of its own. The papers use MoCo-v2 teachers.",
} as const satisfies Knob;
