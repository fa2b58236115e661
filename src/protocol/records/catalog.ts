/** Comparisons that are trained once by `npm run record` and shown by the page without training. */
export interface RecordPlan {
  readonly id: string;
  /** Id of the preset or study that is trained. */
  readonly preset: string;
  readonly seeds: readonly number[];
  readonly question: string;
  /** Where the question comes from. */
  readonly source: string;
  /** The difference that answers it: places of two arms in the experiment, and the accuracy on test images. */
  readonly answer: {
    readonly arm: number;
    readonly against: number;
    readonly metric: "finalKnn" | "finalLinear" | "finalClassifier" | "finalDetection";
  };
  /** The curve that is shown first. */
  readonly curve: "knnTop1" | "probeTop1" | "top1" | "detectionAp";
}

const fiveSeeds = [1, 2, 3, 4, 5] as const;
/** Students of the same arm differ by ten points and more between seeds. */
const tenSeeds = [...fiveSeeds, 6, 7, 8, 9, 10] as const;

/** In the order of the gallery; the page shows the first that has been recorded on arrival. German questions are in `texts/german/records.ts`. */
export const recordPlans: readonly RecordPlan[] = [
  {
    id: "default",
    preset: "default",
    seeds: tenSeeds,
    question: "Does a student without labels learn more with a teacher than alone?",
    source: "Gu et al. 2021 (SimDis)",
    answer: { arm: 1, against: 0, metric: "finalKnn" },
    curve: "knnTop1",
  },
  {
    id: "wrong-labels",
    preset: "noise",
    seeds: fiveSeeds,
    question: "Does a teacher help when half of the labels are wrong?",
    source: "Hinton et al. 2015 (KD)",
    answer: { arm: 1, against: 0, metric: "finalClassifier" },
    curve: "top1",
  },
  {
    id: "offline-online-between",
    preset: "offline-online-between",
    seeds: fiveSeeds,
    question: "At equal compute, is a teacher that learns alongside better than one that was trained first?",
    source:
      "Gu et al. 2021 (SimDis), Li and Jin 2022 (SHAKE), Zhang et al. 2018 (DML), Bhat et al. 2021 (DoGo), Song et al. 2023 (MOKD)",
    answer: { arm: 5, against: 0, metric: "finalKnn" },
    curve: "knnTop1",
  },
];
