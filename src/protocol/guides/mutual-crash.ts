import { mildViews } from "../suggestions";
import { type Guide, guideSetting } from "./guide";

/** Per 256 images: a step's rate is an eighth of it with batches of 32. */
const withAdam = (learningRate: number) =>
  ({ kind: "adam", learningRate, teacherLearningRate: learningRate, weightDecay: 0 }) as const;
const small = { network: "R8", width: 0.125 } as const;
const teacher = { network: "R8", width: 0.25 } as const;
const base = {
  student: small,
  teacher,
  steps: 200,
  teacherSteps: 400,
  tau0: 0.9,
  schedule: "constant",
  warmup: 0.1,
} as const;
const pair = { method: "dml" } as const;
const gentle = withAdam(0.08);
const fast = { ...gentle, learningRate: 0.4 } as const;

/** Under which settings networks that teach each other fall back to chance. */
export const mutualCrash: Guide = {
  id: "mutual-crash",
  title: "When mutual learning crashes",
  about: "Networks that teach each other are reported to fall back to chance. What makes them?",
  experiment: {
    ...guideSetting,
    dataset: { ...guideSetting.dataset, train: 1_500 },
    evaluation: { ...guideSetting.evaluation, everySteps: 20, images: 3_000 },
    views: mildViews,
    arms: [
      { ...base, name: "Two peers", scheme: pair, optimiser: gentle },
      { ...base, name: "Five times the rate", scheme: pair, optimiser: fast },
      { ...base, name: "In one cycle", scheme: pair, optimiser: fast, schedule: "oneCycle" },
      { ...base, name: "Four peers", scheme: { ...pair, members: 4 }, optimiser: fast },
    ],
  },
  steps: [
    {
      id: "rate",
      from: "Two peers",
      to: "Five times the rate",
      question: { kind: "crashes" },
      asks: "Two peers learn with Adam at a constant rate; now it is five times as high. In how many of the seeds does the student end at chance?",
      because:
        "A crash begins when one member's outputs jump: the others are pulled toward them before the labels can pull back.",
    },
    {
      id: "cycle",
      from: "Five times the rate",
      to: "In one cycle",
      question: { kind: "difference", measure: "finalClassifier" },
      asks: "The same peak rate, but only for a moment: it rises to it and falls again. How does the accuracy of the student's classifier change?",
      because:
        "What a high rate has unsettled can be learned again only if the rate becomes low enough for the labels.",
    },
    {
      id: "four",
      from: "Five times the rate",
      to: "Four peers",
      question: { kind: "difference", measure: "finalClassifier" },
      asks: "Four peers in place of two, at the constant high rate. How does the accuracy of the student's classifier change?",
      because:
        "With more members one of them is unsettled more easily, but each learns from the mean of more peers.",
    },
  ],
};
