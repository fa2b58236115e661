import type { Knob } from "./knobs";

/** What a student starts from (docs/methods.md §9.1), as data for schema and page. */
export const startKnobs = {
  from: {
    kind: "choice",
    options: ["scratch", "supervised", "byol", "distilled", "file"],
    default: "scratch",
    optionLabels: {
      scratch: "Random numbers",
      supervised: "Pretraining with labels",
      byol: "Pretraining with BYOL",
      distilled: "Pretraining by SSLD from a teacher",
      file: "A file of weights",
    },
    label: "Student starts from",
    help: "Pretraining is a stage of its own, shared by arms that ask for the same one. The encoder is taken over; heads start anew.",
  },
  images: {
    kind: "choice",
    options: ["own", "easy", "normal", "hard"],
    default: "own",
    optionLabels: {
      own: "The experiment's own",
      easy: "Other Shapes, easy",
      normal: "Other Shapes, normal",
      hard: "Other Shapes, hard",
    },
    label: "Images of pretraining",
    help: "Other Shapes are drawn from another seed than the experiment's: what is learnt there is carried over to the experiment's images.",
  },
  steps: {
    kind: "whole",
    min: 1,
    max: 1_000_000,
    default: 300,
    step: 50,
    unit: "steps",
    label: "Pretraining steps",
    help: "Updates of the student before its own stage begins.",
  },
  rateShare: {
    kind: "real",
    min: 0.0001,
    max: 1,
    default: 1,
    step: 0.05,
    label: "Rate after loading",
    help: "Share of the learning rate with which a loaded student goes on. SSLD's document takes a tenth to a hundredth.",
  },
} as const satisfies Readonly<Record<string, Knob>>;

/** How an arm treats its student's layers when it is carried over, and what follows its last step. */
export const transferKnobs = {
  layerRates: {
    kind: "choice",
    options: ["uniform", "resnet", "detection", "mobilenet"],
    default: "uniform",
    optionLabels: {
      uniform: "The same for all",
      resnet: "0.1, 0.1, 0.2, 0.2, 0.3",
      detection: "0.05, 0.05, 0.05, 0.1, 0.15",
      mobilenet: "0.25, 0.25, 0.5, 0.5, 0.75",
    },
    label: "Rates of the student's layers",
    help: "Factors on the rate from the stem to the last stage; heads learn at the full rate. For encoders that were trained before: early layers need little change.",
  },
  fixSteps: {
    kind: "whole",
    min: 0,
    max: 1_000_000,
    default: 0,
    step: 50,
    unit: "steps",
    label: "Fix strategy",
    help: "So many steps at the end train the classifier alone, on plain images 1.15 times as large, at which the network is then judged. 0 leaves it out.",
  },
  teacherDecay: {
    kind: "choice",
    options: ["same", "own"],
    default: "same",
    optionLabels: { same: "The student's", own: "Its own" },
    label: "Teacher's weight decay",
    help: "Small networks want less weight decay than large ones: SSLD's document has 1e-5 to 4e-5 for mobile networks and 1e-4 for a ResNet-50.",
  },
  teacherWeightDecay: {
    kind: "real",
    min: 0,
    max: 1,
    default: 1e-4,
    step: 0.0001,
    label: "Teacher's own weight decay",
    help: "Of the teacher's stage, or of a teacher that learns beside the student.",
  },
} as const satisfies Readonly<Record<string, Knob>>;
