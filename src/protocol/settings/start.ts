import type { KnobSet } from "./knobs";

/** The start of a student (docs/methods.md §1.10, §1.11). */
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
    help: "Pretraining is a stage of its own, shared by arms that ask for the same one. The encoder is kept; heads start from random numbers.",
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
    help: "Other Shapes are drawn from another seed than the experiment's: what the network learns there is transferred to the experiment's images.",
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
    help: "Share of the learning rate with which a loaded student continues. PaddleClas's documentation of SSLD uses a tenth to a hundredth.",
  },
} as const satisfies KnobSet;
