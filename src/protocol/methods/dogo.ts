import { defineMethod, none, noTeacher } from "./method";
import { peer, temperature, weight } from "./shared/knobs";
import { searchedRates } from "./shared/rates";

const refused = {
  sharedViews: "the same for both, while neither network learns from the other",
  weightOfOwnViews: "above 0, where each network has views of its own",
} as const;

export const dogo = defineMethod({
  name: "DoGo",
  summary:
    "Two untrained networks learn without labels by contrast, and each from how the other finds images similar.",
  paper: {
    title: "Distill on the Go: Online Knowledge Distillation in Self-supervised Learning",
    authors: "Bhat, Arani, Zonooz",
    year: 2021,
    arxiv: "2104.09866",
  },
  caveats: [
    "The published code divides its KL term by the batch size once more: its weight of 100 in batches of 256 is 0.39 here.",
    "The KL term compares similarities of first views to second views only; the contrast uses both directions.",
    "In the published code each network sees augmentations of its own; then the similarities of different pixels are compared.",
  ],
  knobs: {
    peer,
    weight: {
      ...weight(
        "Weight λ of the other network",
        1,
        "Weight of the KL term in both networks' losses. At 0 they learn side by side by contrast alone.",
      ),
      max: 100,
    },
    temperature: temperature(0.5, "Of the contrast, NT-Xent."),
    klTemperature: {
      ...temperature(0.1, "Of the similarities that the networks compare with each other."),
      label: "Temperature of the comparison",
    },
    views: {
      kind: "choice",
      options: ["shared", "own"],
      default: "shared",
      optionLabels: { shared: "The same for both", own: "Its own for each" },
      label: "Views",
      help: "Both networks see the same two views of an image, or each two of its own, as in the published code.",
    },
  },
  words: {
    own: "its similarities",
    its: "sim₂; learns from sim₁ in turn",
    sim: "simᵢ: cosines of first with second views, B × B; p: their softmax",
    contrast: "NT-Xent: each view finds the other of its image among 2B − 1",
    i: "i the one that learns, j the other",
    ...refused,
  },
  needsLabels: false,
  hasClassifier: false,
  rates: searchedRates,
  smallest: {},
  teacher: noTeacher,
  targetViews: none,
  queues: none,
  peers: ({ peer }) => [peer],
  idle: ({ weight }) => (weight === 0 ? ["klTemperature"] : []),
  refusals: ({ weight, views }, { at }) =>
    weight > 0 || views === "shared"
      ? []
      : [
          { path: at("views"), allowed: refused.sharedViews },
          { path: at("weight"), allowed: refused.weightOfOwnViews },
        ],
});
