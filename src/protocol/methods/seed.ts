import { defineMethod, none } from "./method";
import { patches, queue, teacherMethod, temperature } from "./shared/knobs";
import { contrastRates } from "./shared/rates";

export const seed = defineMethod({
  name: "SEED",
  summary:
    "The student learns to find an image's neighbors in a queue the way a frozen self-supervised teacher does.",
  paper: {
    title: "SEED: Self-supervised Distillation for Visual Representation",
    authors: "Fang et al.",
    year: 2021,
    arxiv: "2101.04731",
  },
  caveats: [
    "The teacher's temperature is 0.0001 in the published code; 0.01 is commonly quoted from the paper. Default: 0.01.",
    "The losses of patches and whole crops are averaged here; the published code adds them.",
    "Small patches cover 5 to 40 % of an image, and all of a step enter their queue; in the published code 5 to 14 %, and one per image enters.",
  ],
  knobs: {
    teacherMethod,
    temperature: temperature(0.2, "Of the student's similarities."),
    teacherTemperature: {
      ...temperature(
        0.01,
        "Of the teacher's similarities. The published code has 0.0001, nearly one-hot on the image itself; 0.01 is commonly quoted from the paper.",
      ),
      label: "Teacher's temperature",
    },
    queue,
    patches,
  },
  words: {
    bothCompare: "earlier embeddings",
    C: "Q: teacher's embeddings of earlier images",
  },
  needsLabels: false,
  hasClassifier: false,
  rates: contrastRates,
  smallest: { queue: 8, teacherMethod: "byol" },
  teacher: ({ teacherMethod: by }) => ({ when: "before", by }),
  targetViews: none,
  queues: ({ queue: entries, patches: count }, batchSize) => [
    { entries, perStep: Math.max(1, count) * batchSize },
  ],
  peers: none,
  idle: none,
  refusals: none,
});
