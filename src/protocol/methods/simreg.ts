import { defineMethod, none } from "./method";
import { batchNorm, teacherMethod } from "./shared/knobs";
import { searchedRates } from "./shared/rates";

export const simreg = defineMethod({
  name: "SimReg",
  summary:
    "A self-supervised teacher is trained first and frozen; a head on the student's features predicts the teacher's.",
  paper: {
    title: "SimReg: Regression as a Simple Yet Effective Tool for Self-supervised Knowledge Distillation",
    authors: "Navaneet et al.",
    year: 2021,
    arxiv: "2201.05131",
  },
  caveats: [
    "The head on the student's features is used in training only. The paper's finding is that a deeper one helps, although it is then thrown away.",
    "The published head of two layers has neither batch norm nor ReLU between them and is therefore linear; here two layers have both.",
  ],
  knobs: {
    teacherMethod,
    head: {
      kind: "choice",
      options: ["four", "two", "linear"],
      default: "four",
      optionLabels: { four: "Four layers", two: "Two layers", linear: "One linear layer" },
      label: "Head of the student",
      help: "Maps the student's features to the dimension of the teacher's. Four layers are the paper's choice; batch norm and ReLU follow the first and the third.",
    },
    views: {
      kind: "choice",
      options: ["same", "other"],
      default: "same",
      optionLabels: { same: "The same", other: "The other view" },
      label: "Teacher's view",
      help: "With the same view both networks see the same pixels, as in the published command. With the other one the student predicts features of different pixels.",
    },
    teacherBatchNorm: batchNorm(
      "eval",
      "With running statistics an image has the same target in every batch.",
    ),
  },
  words: {
    regress: "MLP(f)",
    features: "f: its features",
    f: "f of S and T: features before any projector",
    mlp: "MLP: a head used in training only",
    linear: "W: a linear head used in training only",
  },
  needsLabels: false,
  hasClassifier: false,
  rates: searchedRates,
  smallest: { teacherMethod: "byol" },
  teacher: ({ teacherMethod: by }) => ({ when: "before", by }),
  targetViews: none,
  queues: none,
  peers: none,
  idle: none,
  refusals: none,
});
