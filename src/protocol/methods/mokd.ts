import { defineMethod, none, noTeacher } from "./method";
import { clip, frozenEpochs, patches, peer, prototypes, temperature, weight } from "./shared/knobs";
import { clusterRates } from "./shared/rates";

const refused = {
  weightOfPeer: "above 0, if the other network learns from the student",
  noPeerWeight: "0, if the student does not learn from the other network",
} as const;

export const mokd = defineMethod({
  name: "MOKD",
  summary:
    "Two untrained networks learn without labels, each from its own momentum copy and from the other's, by DINO's loss.",
  paper: {
    title: "Multi-Mode Online Knowledge Distillation for Self-Supervised Visual Representation Learning",
    authors: "Song et al.",
    year: 2023,
    arxiv: "2304.06461",
  },
  caveats: [
    "The paper pairs a convolutional network with a vision transformer. Here any two networks can be paired.",
    "As in DINO, the momentum copy is the network that is evaluated.",
    "The transformer head has one block of 64 channels by default; the paper's has three of the transformer's own width.",
  ],
  knobs: {
    peer,
    crossWeight: weight(
      "Weight λ of the other network",
      1,
      "Weight of what the student learns from the other network's momentum copy. At 0 it is DINO with a second head.",
    ),
    peerWeight: weight(
      "Weight λ in the other network",
      0.1,
      "The same in the other network's loss. The published command lets the larger one learn little from the smaller one.",
    ),
    prototypes: prototypes(
      "Length of the outputs whose distributions are matched, in every head of both networks.",
    ),
    headBlocks: {
      kind: "whole",
      min: 1,
      max: 3,
      default: 1,
      step: 1,
      label: "Blocks of the transformer head",
      help: "The head that reads feature maps and in which the other network's patches search. The paper has 3.",
    },
    temperature: temperature(0.1, "Of the students' outputs."),
    teacherTemperature: {
      ...temperature(0.04, "Of the momentum copies' outputs at the start. If training collapses, lower it."),
      label: "Copies' temperature",
    },
    lastTeacherTemperature: {
      ...temperature(
        0.04,
        "Reached linearly after 30 % of the steps; the published command warms up to 0.07.",
      ),
      label: "Copies' temperature, warmed up",
    },
    patches: { ...patches, min: 1, default: 2 },
    frozenEpochs: frozenEpochs(
      "In the first epochs the last layers of all heads keep their initial weights, which steadies the start.",
    ),
    clip,
  },
  words: {
    allViews: "all",
    outputs: "outputs, and a search",
    itself: "itself, sharpened",
    other: "the other, and found",
    terms: "i: student, j: other network; ŝ: momentum copies; ᵀ: transformer head",
    D: "DINO(s, ŝ): mean H over different views, ŝ centered and sharpened",
    search: "ŝⱼ⟨sᵢ⟩: what patches of i find in a whole view of j",
    ...refused,
  },
  needsLabels: false,
  hasClassifier: false,
  rates: clusterRates,
  smallest: { prototypes: 16, patches: 1 },
  teacher: noTeacher,
  targetViews: none,
  queues: none,
  peers: ({ peer }) => [peer],
  idle: none,
  refusals: ({ crossWeight, peerWeight }, { at }) =>
    crossWeight > 0 || peerWeight === 0
      ? []
      : [
          { path: at("crossWeight"), allowed: refused.weightOfPeer },
          { path: at("peerWeight"), allowed: refused.noPeerWeight },
        ],
});
