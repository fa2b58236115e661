import { mildViews } from "../suggestions";
import { type Guide, guideSetting } from "./guide";

/** Per 256 images: a step's rate is an eighth of it with batches of 32. */
const withAdam = (learningRate: number) =>
  ({ kind: "adam", learningRate, teacherLearningRate: learningRate, weightDecay: 0 }) as const;
const small = { network: "R8", width: 0.125 } as const;
const base = { student: small, teacher: small, steps: 100, schedule: "constant", warmup: 0.1 } as const;
const pair = { method: "dml" } as const;
const gentle = withAdam(0.08);
const fast = { ...gentle, learningRate: 0.8 } as const;

/** Under which settings networks that teach each other fall back to chance. */
export const mutualCrash: Guide = {
  id: "mutual-crash",
  title: "When mutual learning crashes",
  about: "Networks that teach each other are reported to fall back to chance. What makes them?",
  experiment: {
    ...guideSetting,
    dataset: { ...guideSetting.dataset },
    evaluation: { ...guideSetting.evaluation },
    seeds: [...guideSetting.seeds],
    views: mildViews,
    arms: [
      { ...base, name: "Two peers", scheme: pair, optimiser: gentle },
      { ...base, name: "Ten times the rate", scheme: pair, optimiser: fast },
      { ...base, name: "In one cycle", scheme: pair, optimiser: fast, schedule: "oneCycle" },
      { ...base, name: "Four peers", scheme: { ...pair, members: 4 }, optimiser: fast },
    ],
  },
  steps: [
    {
      id: "rate",
      from: "Two peers",
      to: "Ten times the rate",
      question: { kind: "crashes" },
      asks: "Two peers learn with Adam at a constant rate; now it is ten times as high. In how many of the seeds does the student end at chance?",
      because:
        "A crash begins when one member's outputs jump: the others are pulled toward them before the labels can pull back.",
    },
    {
      id: "cycle",
      from: "Ten times the rate",
      to: "In one cycle",
      question: { kind: "crashes" },
      asks: "The same peak rate, but only for a moment: it rises to it and falls again. In how many of the seeds does the student end at chance?",
      because:
        "Members that are at chance can recover only if the rate becomes low enough for the labels to be learned again.",
    },
    {
      id: "four",
      from: "Ten times the rate",
      to: "Four peers",
      question: { kind: "crashes" },
      asks: "Four peers in place of two, at the constant high rate. In how many of the seeds does the student end at chance?",
      because:
        "With more members one of them crashes more easily, but each learns from the mean of more peers.",
    },
  ],
};
