import { defineMethod, none } from "./method";
import { momentum, queue, teacherMethod, temperature } from "./shared/knobs";
import { contrastRates } from "./shared/rates";

export const compress = defineMethod({
  name: "CompRess",
  summary:
    "The student's similarities to a queue of earlier images should match the frozen teacher's; no projector.",
  paper: {
    title: "CompRess: Self-Supervised Learning by Compressing Representations",
    authors: "Koohpayegani, Tejankar, Pirsiavash",
    year: 2020,
    arxiv: "2010.14713",
  },
  caveats: ["The published queue has 128,000 entries; here it is a share of a small dataset."],
  knobs: {
    teacherMethod,
    temperature: temperature(0.04, "Of both networks' similarities."),
    queue,
    queues: {
      kind: "choice",
      options: ["two", "one"],
      default: "two",
      optionLabels: { two: "Two: one for each network", one: "One: the teacher's" },
      label: "Queues",
      help: "With one queue the student's features are mapped linearly to the teacher's dimension and compared with the teacher's.",
    },
    studentQueue: {
      kind: "choice",
      options: ["momentum", "plain"],
      default: "momentum",
      optionLabels: { momentum: "Its momentum copy", plain: "The student itself" },
      label: "Source of the student's queue",
      help: "Only with two queues.",
    },
    momentum,
  },
  words: {
    twoQueues: "Q_S, Q_T: each network's embeddings of earlier images",
    oneQueue: "Q_T: teacher's embeddings of earlier images; A: a linear map",
  },
  needsLabels: false,
  hasClassifier: false,
  rates: contrastRates,
  smallest: { queue: 8, teacherMethod: "byol" },
  teacher: ({ teacherMethod: by }) => ({ when: "before", by }),
  targetViews: none,
  queues: ({ queue: entries }, batchSize) => [{ entries, perStep: batchSize }],
  peers: none,
  idle: ({ queues }) => (queues === "one" ? ["studentQueue"] : []),
  refusals: none,
});
