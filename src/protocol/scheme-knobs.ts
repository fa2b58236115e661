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

const patches = {
  kind: "whole",
  min: 0,
  max: 6,
  default: 0,
  step: 1,
  label: "Small patches",
  help: "So many small crops of every image beside the whole ones: 5 to 40 % of its area, at about half its pixels per side.",
} as const satisfies Knob;

const queue = {
  kind: "whole",
  min: 2,
  max: 65_536,
  default: 1_024,
  step: 64,
  unit: "embeddings",
  label: "Queue",
  help: "How many embeddings of earlier batches serve as candidates. A multiple of the batch size, and at most half the training images, or the same image is met twice.",
} as const satisfies Knob;

const momentum = {
  kind: "real",
  min: 0,
  max: 0.9999,
  default: 0.99,
  step: 0.001,
  label: "Momentum",
  help: "Share that the momentum network keeps of itself at each step: 0.999 on ImageNet, 0.99 on small images. At 0 the queue's embeddings grow stale at once.",
} as const satisfies Knob;

const normGroups = {
  kind: "whole",
  min: 1,
  max: 64,
  default: 8,
  step: 1,
  label: "Batch norm groups",
  help: "The batch is normalised in so many parts, and the keys' parts are shuffled, so that batch statistics do not give away which key belongs to a query. 1 switches this off.",
} as const satisfies Knob;

const teacherMethod = {
  kind: "choice",
  options: ["moco", "byol"],
  default: "moco",
  optionLabels: { moco: "MoCo-v2", byol: "BYOL" },
  label: "Teacher trained by",
  help: "How the frozen teacher learnt, in a stage of its own. The papers take MoCo-v2 teachers.",
} as const satisfies Knob;

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
  moco: {
    temperature: temperature(
      0.1,
      "Similarities are divided by it before the softmax: 0.2 on ImageNet, 0.1 on small images.",
    ),
    queue,
    momentum,
    normGroups,
    symmetric: {
      kind: "toggle",
      default: false,
      label: "Both directions",
      help: "Each view is query and key once, and the two losses are added. Costs about twice as much a step.",
    },
  },
  seed: {
    teacherMethod,
    temperature: temperature(0.2, "Of the student's similarities."),
    teacherTemperature: {
      ...temperature(
        0.01,
        "Of the teacher's similarities. The published code has 0.0001, nearly one-hot on the image itself; the paper's value is remembered as 0.01.",
      ),
      label: "Teacher's temperature",
    },
    queue,
    patches,
  },
  compress: {
    teacherMethod,
    temperature: temperature(0.04, "Of both networks' similarities."),
    queue,
    queues: {
      kind: "choice",
      options: ["two", "one"],
      default: "two",
      optionLabels: { two: "Two: each network its own", one: "One: the teacher's" },
      label: "Queues",
      help: "With one queue the student's features are mapped linearly to the teacher's dimension and compared with the teacher's.",
    },
    studentQueue: {
      kind: "choice",
      options: ["momentum", "plain"],
      default: "momentum",
      optionLabels: { momentum: "Its momentum copy", plain: "The student itself" },
      label: "Who fills the student's queue",
      help: "Only with two queues.",
    },
    momentum,
  },
  dino: {
    prototypes: {
      kind: "whole",
      min: 16,
      max: 8_192,
      default: 1_024,
      step: 256,
      label: "Prototypes",
      help: "Length of the outputs whose distributions are matched. A loss that stays at the logarithm of this number has collapsed.",
    },
    temperature: temperature(0.1, "Of the student's outputs."),
    teacherTemperature: {
      ...temperature(0.04, "Of the teacher's outputs at the start. Lower is the cure of a collapse."),
      label: "Teacher's temperature",
    },
    lastTeacherTemperature: {
      ...temperature(0.04, "Reached in a straight line after 30 % of the steps; the paper warms up to 0.07."),
      label: "Teacher's temperature, warmed up",
    },
    patches: { ...patches, default: 2 },
    frozenEpochs: {
      kind: "whole",
      min: 0,
      max: 10,
      default: 1,
      step: 1,
      unit: "epochs",
      label: "Prototypes stand still",
      help: "In the first epochs the last layer keeps its numbers, which steadies the start.",
    },
    clip: {
      kind: "real",
      min: 0,
      max: 100,
      default: 3,
      step: 1,
      label: "Clip each gradient",
      help: "Longest gradient of each parameter; 0 clips nothing. Where the optimiser has clipping of its own, that holds.",
    },
  },
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
