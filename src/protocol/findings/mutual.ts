import { labeledRates, SMALL_BATCH, smallPair } from "../suggestions";
import { type Finding, type FindingRecord, type FindingSource, labeledSetting, seedsUpTo } from "./finding";

/** Knowledge distillation and mutual learning, and what makes cohorts crash. */

const source = "a web article on deep mutual learning, Hinton et al. 2015 (KD), Zhang et al. 2018 (DML)";
const metric = "finalClassifier";

const base = { ...smallPair, ...labeledRates, steps: 200, teacherSteps: 300 } as const;
const labels = { method: "supervised" } as const;
const softened = { method: "kd", scaling: "hinton" } as const;
const peers = { method: "dml" } as const;

/** The article's rates are those of a step; settings are per 256 images. */
const ofStep = (kind: "adam" | "adamw", rate: number) => {
  const learningRate = (rate * 256) / SMALL_BATCH;
  const weightDecay = kind === "adam" ? 0 : 1e-4;
  return { kind, learningRate, teacherLearningRate: learningRate, weightDecay } as const;
};
const constant = { ...base, schedule: "constant", optimiser: ofStep("adam", 0.01) } as const;
const tenfold = {
  ...constant,
  optimiser: { ...ofStep("adam", 0.1), teacherLearningRate: constant.optimiser.teacherLearningRate },
} as const;
const cycle = { ...base, schedule: "oneCycle", optimiser: ofStep("adamw", 0.005) } as const;

export const mutualRecords: readonly FindingRecord[] = [
  {
    id: "half-wrong-labels",
    question: "What helps when half of the labels are wrong?",
    source,
    curve: "top1",
    experiment: {
      ...labeledSetting,
      dataset: { ...labeledSetting.dataset, labelNoise: 0.54 },
      seeds: seedsUpTo(10),
      arms: [
        { ...base, name: "Labels alone", scheme: labels },
        { ...base, name: "KD", scheme: softened },
        { ...base, name: "KD, no factor", scheme: { method: "kd", scaling: "article" } },
        { ...base, name: "A peer", scheme: peers },
      ],
    },
  },
  {
    id: "mutual-adam",
    question: "Do networks that teach each other crash under Adam at a constant rate?",
    source,
    curve: "top1",
    experiment: {
      ...labeledSetting,
      seeds: seedsUpTo(6),
      arms: [
        { ...constant, name: "Labels, 0.01", scheme: labels },
        { ...constant, name: "A peer, 0.01", scheme: peers },
        { ...tenfold, name: "Labels, 0.1", scheme: labels },
        { ...tenfold, name: "A peer, 0.1", scheme: peers },
        { ...tenfold, name: "Labels, 0.1 in one cycle", scheme: labels, schedule: "oneCycle", warmup: 0.1 },
        { ...tenfold, name: "A peer, 0.1 in one cycle", scheme: peers, schedule: "oneCycle", warmup: 0.1 },
      ],
    },
  },
  {
    id: "few-labels",
    question: "With few labels, do a teacher, a larger teacher or peers help?",
    source,
    curve: "top1",
    experiment: {
      ...labeledSetting,
      dataset: { source: "textures", train: 400 },
      seeds: seedsUpTo(10),
      arms: [
        { ...cycle, name: "Labels alone", scheme: labels },
        { ...cycle, name: "KD", scheme: softened },
        { ...cycle, name: "KD, larger teacher", scheme: softened, teacher: { network: "R8", width: 0.375 } },
        { ...cycle, name: "A peer", scheme: peers },
        { ...cycle, name: "Three peers", scheme: { ...peers, members: 4 } },
      ],
    },
  },
];

const underAdam = (figures: string) =>
  `${figures} (Fashion-MNIST top-1, batch 1,024, 100 epochs, mean of five runs, Adam at a constant 0.01)`;
const inOneCycle =
  "All methods between 87 and 89 (Fashion-MNIST top-1, AdamW in one cycle with a peak of 0.005)";
const moreMembers =
  "Zhang et al. 2018 report that members gain from a larger cohort; the article does not give the size of its own.";
const noNoise = "None given for wrong labels.";

const wrongLabels: readonly Finding[] = [
  {
    id: "kd-wrong-labels-longer",
    record: "wrong-labels",
    question: "With larger batches and more images, does a teacher help where half of the labels are wrong?",
    reported: `${noNoise} ${underAdam("With right ones: 89.5 with KD, above 89 without")}`,
    predicts: "more",
    difference: { arm: "KD", against: "Labels alone", metric },
    studies: ["dml-figure-4a"],
  },
  {
    id: "kd-wrong-labels",
    record: "half-wrong-labels",
    question: "Does a teacher that learned from the same wrong labels help its student?",
    reported: `${noNoise} ${underAdam("With right ones: 89.5 with KD, above 89 without")}`,
    predicts: "more",
    difference: { arm: "KD", against: "Labels alone", metric },
    studies: ["dml-figure-4a"],
  },
  {
    id: "kd-no-factor",
    record: "half-wrong-labels",
    question: "Does such a teacher help without the factor τ², as in the article?",
    reported: `${noNoise} ${underAdam("With right ones: 89.5 with KD, above 89 without")}`,
    predicts: "more",
    difference: { arm: "KD, no factor", against: "Labels alone", metric },
    studies: ["dml-figure-4a"],
  },
  {
    id: "kd-factor",
    record: "half-wrong-labels",
    question: "Is the factor τ² worth having?",
    reported: "Hinton et al. 2015 call it important where labels are used as well, without a figure.",
    predicts: "more",
    difference: { arm: "KD", against: "KD, no factor", metric },
    studies: [],
  },
  {
    id: "peer-wrong-labels",
    record: "half-wrong-labels",
    question: "Does a peer that learns from the same wrong labels help?",
    reported: noNoise,
    predicts: "more",
    difference: { arm: "A peer", against: "Labels alone", metric },
    studies: [],
  },
  {
    id: "teacher-or-peer",
    record: "half-wrong-labels",
    question: "Is a finished teacher better than a peer?",
    reported: `${noNoise} ${underAdam("With right ones: 89.5 with KD, 82.6 for the best student of DML")}`,
    predicts: "more",
    difference: { arm: "KD", against: "A peer", metric },
    studies: ["dml-figure-4a"],
  },
];

const crashes: readonly Finding[] = [
  {
    id: "peer-adam",
    record: "mutual-adam",
    question: "Under Adam at a constant 0.01, does mutual learning fall behind labels alone?",
    reported: underAdam("82.6 for the best student of DML, above 89 for the baseline, after crashes"),
    predicts: "less",
    difference: { arm: "A peer, 0.01", against: "Labels, 0.01", metric },
    studies: ["dml-figure-4a"],
  },
  {
    id: "peer-adam-tenfold",
    record: "mutual-adam",
    question: "Under Adam at a constant 0.1, does mutual learning fall behind labels alone?",
    reported: underAdam(
      "82.6 for the best student of DML, above 89 for the baseline, after crashes; none at ten times the rate",
    ),
    predicts: "less",
    difference: { arm: "A peer, 0.1", against: "Labels, 0.1", metric },
    studies: ["dml-figure-4a"],
  },
  {
    id: "one-cycle-mends",
    record: "mutual-adam",
    question: "Does one cycle of the rate mend what a constant one does to mutual learning?",
    reported: `82.6 under Adam at a constant 0.01. ${inOneCycle}; none at ten times these rates.`,
    predicts: "more",
    difference: { arm: "A peer, 0.1 in one cycle", against: "A peer, 0.1", metric },
    studies: ["dml-figure-4b"],
  },
  {
    id: "one-cycle-level",
    record: "mutual-adam",
    question: "In one cycle, is mutual learning level with labels alone?",
    reported: `${inOneCycle}; none at ten times this rate.`,
    predicts: "same",
    difference: { arm: "A peer, 0.1 in one cycle", against: "Labels, 0.1 in one cycle", metric },
    studies: ["dml-figure-4b"],
  },
];

const few: readonly Finding[] = [
  {
    id: "kd-few-labels",
    record: "few-labels",
    question: "With 400 images, does a teacher help?",
    reported: `None given for few images. ${underAdam("89.5 with KD, above 89 without")}`,
    predicts: "more",
    difference: { arm: "KD", against: "Labels alone", metric },
    studies: ["dml-figure-4b"],
  },
  {
    id: "larger-teacher",
    record: "few-labels",
    question: "Does it matter whether the teacher is half again as wide?",
    reported: underAdam("89.5 with KD from either of two teachers"),
    predicts: "same",
    difference: { arm: "KD, larger teacher", against: "KD", metric },
    studies: ["dml-figure-4a"],
  },
  {
    id: "peer-few-labels",
    record: "few-labels",
    question: "With 400 images, is mutual learning in one cycle level with labels alone?",
    reported: inOneCycle,
    predicts: "same",
    difference: { arm: "A peer", against: "Labels alone", metric },
    studies: ["dml-figure-4b"],
  },
  {
    id: "more-peers-few-labels",
    record: "few-labels",
    question: "With 400 images, are three peers better than one?",
    reported: moreMembers,
    predicts: "more",
    difference: { arm: "Three peers", against: "A peer", metric },
    studies: [],
  },
];

export const mutualFindings: FindingSource = {
  id: "mutual",
  name: "a web article on deep mutual learning with Fashion-MNIST, after Hinton et al. 2015 and Zhang et al. 2018",
  findings: [...wrongLabels, ...crashes, ...few],
};
