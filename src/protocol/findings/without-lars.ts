import { smallPair, textureViews } from "../suggestions";
import { type Finding, type FindingRecord, seedsUpTo, unlabeledSetting } from "./finding";

/** Small students without labels: whether they need layer-wise rates. */

const metric = "finalKnn";

/** Ten times the paper's base rates and, of students with SGD, twenty times: runs are short here. */
const sgd = { ...smallPair.optimiser, kind: "sgd", weightDecay: 1e-4 } as const;
const lars = { kind: "lars", learningRate: 3, teacherLearningRate: 3, weightDecay: 1e-4 } as const;

const arm = { ...smallPair, steps: 300, teacherSteps: 300 } as const;
const alone = { method: "byol" } as const;
const online = { method: "simdis-on" } as const;

export const larsRecord: FindingRecord = {
  id: "without-lars",
  question: "Do small students need LARS?",
  source: "Gu et al. 2021 (SimDis)",
  curve: "knnTop1",
  experiment: {
    ...unlabeledSetting,
    views: textureViews,
    seeds: seedsUpTo(5),
    arms: [
      { ...arm, name: "BYOL, SGD", scheme: alone, optimiser: sgd },
      { ...arm, name: "BYOL, LARS", scheme: alone, optimiser: lars },
      { ...arm, name: "SimDis-On, SGD", scheme: online, optimiser: sgd },
      { ...arm, name: "SimDis-On, LARS", scheme: online, optimiser: lars },
    ],
  },
};

const reported =
  "Table 2 is measured without LARS and without synchronized batch norm; the two optimizers are not compared.";

export const larsFindings: readonly Finding[] = [
  {
    id: "byol-without-lars",
    record: "without-lars",
    question: "At rates of 1 and 3, is BYOL ahead with plain SGD, compared with LARS?",
    reported,
    predicts: "more",
    difference: { arm: "BYOL, SGD", against: "BYOL, LARS", metric },
    studies: ["simdis-no-lars"],
  },
  {
    id: "online-without-lars",
    record: "without-lars",
    question: "At rates of 1 and 3, is SimDis-On ahead with plain SGD, compared with LARS?",
    reported,
    predicts: "more",
    difference: { arm: "SimDis-On, SGD", against: "SimDis-On, LARS", metric },
    studies: ["simdis-no-lars"],
  },
];
