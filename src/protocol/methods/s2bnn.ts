import { defineMethod, none } from "./method";
import { momentum, normGroups, queue, teacherMethod, temperature } from "./shared/knobs";
import { binaryRates } from "./shared/rates";
import { refusalsOfGroups } from "./shared/refusals";

export const s2bnn = defineMethod({
  name: "S2-BNN",
  summary:
    "A binary student learns without labels: by contrast, from a real-valued teacher's embedding, or both.",
  paper: {
    title:
      "S2-BNN: Bridging the Gap Between Self-Supervised Real and 1-bit Neural Networks via Guided Distribution Calibration",
    authors: "Shen et al.",
    year: 2021,
    arxiv: "2102.08946",
  },
  caveats: [
    "The code's flag says cosine, but its rate falls linearly, epoch by epoch. Choose the linear schedule to follow it.",
    "A possible reason why distillation alone wins is that the two terms pull apart; the cosine of their gradients at the embedding is shown.",
    "Weights and signs are multiplied as real numbers here: a binary network's speed does not show.",
    "Training in two steps continues with the same optimizer and schedule, so that its second half begins at a lower rate; the published second step is a new run at the full rate.",
  ],
  knobs: {
    strategy: {
      kind: "choice",
      options: ["contrast", "both", "distillation"],
      default: "distillation",
      optionLabels: {
        contrast: "① Contrast",
        both: "② Contrast and distillation",
        distillation: "③ Distillation",
      },
      label: "Strategy",
      help: "The paper's three: contrast alone, both terms added, or the teacher's embedding alone, which did best.",
    },
    teacherTiming: {
      kind: "choice",
      options: ["offline", "online"],
      default: "offline",
      optionLabels: { offline: "Trained first, frozen", online: "Learns alongside the student" },
      label: "Teacher",
      help: "For strategies that distill. Online it is trained by MoCo in the same steps; the student's loss has no gradient into it.",
    },
    teacherMethod,
    training: {
      kind: "choice",
      options: ["one", "two"],
      default: "one",
      optionLabels: {
        one: "One step: weights binary from the start",
        two: "Two steps: first activations, then weights",
      },
      label: "Binary training",
      help: "For a binary network (ReAct). In two steps the weights stay real for the first half of the steps.",
    },
    temperature: temperature(0.2, "Of both terms: similarities and embedding channels are divided by it."),
    queue,
    momentum,
    normGroups,
  },
  words: {
    channels: "n(t), n(s): embeddings at unit length, softmax over their channels",
    embedding: "channels of its embedding",
  },
  needsLabels: false,
  hasClassifier: false,
  rates: binaryRates,
  smallest: { strategy: "both", queue: 8, normGroups: 1, teacherMethod: "byol" },
  teacher: ({ strategy, teacherTiming, teacherMethod: by }) => {
    if (strategy === "contrast") return { when: "none" };
    // A teacher that learns alongside the student does so by MoCo.
    return teacherTiming === "online" ? { when: "alongside", by: "moco" } : { when: "before", by };
  },
  targetViews: none,
  queues: ({ queue: entries }, batchSize) => [{ entries, perStep: batchSize }],
  peers: none,
  idle: ({ strategy, teacherTiming }) => {
    if (strategy === "contrast") return ["teacherTiming", "teacherMethod"];
    return teacherTiming === "online" ? ["teacherMethod"] : [];
  },
  refusals: refusalsOfGroups,
});
