import { defineMethod, none, noTeacher } from "./method";
import { regressionRates } from "./shared/rates";

export const byol = defineMethod({
  name: "BYOL",
  summary:
    "The student alone, without labels: it predicts its own momentum copy's embedding of the other view.",
  paper: {
    title: "Bootstrap Your Own Latent: A New Approach to Self-Supervised Learning",
    authors: "Grill et al.",
    year: 2020,
    arxiv: "2006.07733",
  },
  caveats: [
    "Implementations scale this loss differently; learning rates of those that average cosines do not transfer.",
  ],
  knobs: {},
  words: {},
  needsLabels: false,
  hasClassifier: false,
  rates: regressionRates,
  smallest: {},
  teacher: noTeacher,
  /** BYOL is SimDis with the third target view alone. */
  targetViews: () => [3],
  queues: none,
  peers: none,
  idle: none,
  refusals: none,
});
