import { defineMethod, none, noTeacher } from "./method";
import { momentum, normGroups, queue, temperature } from "./shared/knobs";
import { contrastRates } from "./shared/rates";
import { refusalsOfGroups } from "./shared/refusals";

export const moco = defineMethod({
  name: "MoCo-v2",
  summary:
    "The student alone, without labels: it finds its image's other view among a queue of earlier images.",
  paper: {
    title: "Improved Baselines with Momentum Contrastive Learning",
    authors: "Chen, Fan, Girshick, He",
    year: 2020,
    arxiv: "2003.04297",
  },
  caveats: [
    "Shuffling among GPUs is done here on one device: batch norm in groups, with the keys' groups shuffled.",
    "Symmetric forms differ: the published small-image demo adds both directions, other code averages them.",
  ],
  knobs: {
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
      help: "Each view is query and key once, and the two losses are added. Costs about twice as much per step.",
    },
  },
  words: {},
  needsLabels: false,
  hasClassifier: false,
  rates: contrastRates,
  smallest: { queue: 8, normGroups: 2 },
  teacher: noTeacher,
  targetViews: none,
  queues: ({ queue: entries, symmetric }, batchSize) => [
    { entries, perStep: (symmetric ? 2 : 1) * batchSize },
  ],
  peers: none,
  idle: none,
  refusals: refusalsOfGroups,
});
