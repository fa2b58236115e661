import { defineMethod, none, noTeacher } from "./method";
import { clip, frozenEpochs, patches, prototypes, temperature } from "./shared/knobs";
import { clusterRates } from "./shared/rates";

export const dino = defineMethod({
  name: "DINO",
  summary:
    "The student alone, without labels: it matches its momentum copy's centered, sharpened outputs on other views.",
  paper: {
    title: "Emerging Properties in Self-Supervised Vision Transformers",
    authors: "Caron et al.",
    year: 2021,
    arxiv: "2104.14294",
  },
  caveats: [
    "The teacher here is the student's own moving average: self-distillation, not a larger network. The average is the network that is evaluated.",
    "With batches of 256 the authors advise a momentum of 0.9995; short runs need less, or the teacher stays where it began.",
    "Each view is normalized by its own batch statistics; the published code normalizes both whole crops together, and passes all crops through the head at once.",
    "The head starts uniformly here, from a truncated normal distribution of 0.02 in the published code; weight decay is constant here, and one epoch of frozen prototypes is a large share of a short run.",
  ],
  knobs: {
    prototypes: prototypes(
      "Length of the outputs whose distributions are matched. A loss that stays at the logarithm of this number has collapsed.",
    ),
    temperature: temperature(0.1, "Of the student's outputs."),
    teacherTemperature: {
      ...temperature(0.04, "Of the teacher's outputs at the start. If training collapses, lower it."),
      label: "Teacher's temperature",
    },
    lastTeacherTemperature: {
      ...temperature(0.04, "Reached linearly after 30 % of the steps; the paper warms up to 0.07."),
      label: "Teacher's temperature, warmed up",
    },
    patches: { ...patches, default: 2 },
    frozenEpochs: frozenEpochs(
      "In the first epochs the last layer keeps its initial weights, which steadies the start.",
    ),
    clip,
  },
  words: {
    allViews: "all",
    ofOtherViews: "outputs of other views",
    centered: "centered, sharpened",
    globals: "i: whole views of the teacher, j: all views of the student, N pairs",
    center: "c: running mean of the teacher's outputs",
  },
  needsLabels: false,
  hasClassifier: false,
  rates: clusterRates,
  smallest: { prototypes: 16, patches: 0 },
  teacher: noTeacher,
  targetViews: none,
  queues: none,
  peers: none,
  idle: none,
  refusals: none,
});
