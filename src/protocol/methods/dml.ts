import { defineMethod, none, noTeacher } from "./method";
import { labelRates } from "./shared/rates";

export const dml = defineMethod({
  name: "Deep mutual learning",
  summary:
    "Several untrained networks learn from the labels and from each other's outputs; there is no teacher.",
  paper: {
    title: "Deep Mutual Learning",
    authors: "Zhang et al.",
    year: 2018,
    arxiv: "1706.00384",
  },
  caveats: [
    "An equal form of the loss is H(y, pⁱ) + H(p̄, pⁱ) − mean H(pʲ): a member learns from its peers' mean, and their own entropy has no gradient.",
    "Members start from different random numbers: members that start alike would stay alike.",
    "The published code updates one network after the other on different batches; the paper's algorithm does so on the same batch.",
    "With Adam at a constant rate of 0.01, members are reported to crash to chance. The run continues and marks the step.",
  ],
  knobs: {
    members: {
      kind: "whole",
      min: 2,
      max: 4,
      default: 2,
      step: 1,
      label: "Members",
      help: "Networks that learn together, each from the labels and from the others. The first is the student shown in the curves.",
    },
    peers: {
      kind: "choice",
      options: ["student", "teacher"],
      default: "student",
      optionLabels: { student: "The student's", teacher: "The teacher's" },
      label: "Network of the other members",
      help: "All members alike, or the others as large as the teacher. No member is trained beforehand.",
    },
    order: {
      kind: "choice",
      options: ["simultaneous", "sequential"],
      default: "simultaneous",
      optionLabels: { simultaneous: "All at once", sequential: "One after the other" },
      label: "Updates",
      help: "One after the other is the paper's algorithm: a member learns from peers that were already updated in this step, which costs their forward passes again.",
    },
    excludeCrashed: {
      kind: "toggle",
      default: false,
      label: "Ignore crashed members",
      help: "A member whose validation accuracy fell back to chance drags the others down. It keeps learning, but no other member learns from it.",
    },
  },
  words: {
    classForAll: "y, for each member",
    bothWays: (its: string) => `${its}; learns from p¹ in turn`,
    members: "m members, i the one that learns",
  },
  needsLabels: true,
  hasClassifier: true,
  rates: labelRates,
  smallest: {},
  teacher: noTeacher,
  targetViews: none,
  queues: none,
  peers: ({ members, peers }) => Array.from({ length: members - 1 }, () => peers),
  idle: none,
  refusals: none,
});
