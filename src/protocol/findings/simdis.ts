import { smallPair, textureViews } from "../suggestions";
import { familyFindings, familyRecord } from "./families";
import { type Finding, type FindingRecord, type FindingSource, seedsUpTo, unlabeledSetting } from "./finding";
import { everyTarget, inTableTwo, targetFindings, targetRecords } from "./target-views";
import { larsFindings, larsRecord } from "./without-lars";

/** Small students without labels: offline and online teachers, and lengths of training. */

const source = "Gu et al. 2021 (SimDis)";
const metric = "finalKnn";

const short = { ...smallPair, steps: 200, teacherSteps: 200 } as const;
const long = { ...smallPair, steps: 600, teacherSteps: 600 } as const;
/** Of BYOL, when it may compute as much as SimDis-Off with its teacher in a short run; a test compares the plans. */
const SAME_COMPUTE = 1_104;

const offline = { method: "simdis-off" } as const;
const online = { method: "simdis-on" } as const;

export const simdisRecords: readonly FindingRecord[] = [
  {
    id: "simdis-lengths",
    question: "Does the order of offline and online teachers depend on the length of training?",
    source,
    curve: "knnTop1",
    experiment: {
      ...unlabeledSetting,
      views: textureViews,
      seeds: seedsUpTo(10),
      arms: [
        { ...short, name: "BYOL", scheme: { method: "byol" } },
        { ...short, name: "SimDis-Off", scheme: offline },
        { ...short, name: "SimDis-On", scheme: online },
        { ...short, name: "SimDis-On-7v", scheme: { ...online, targets: [...everyTarget] } },
        { ...short, name: "BYOL, same compute", scheme: { method: "byol" }, steps: SAME_COMPUTE },
        { ...long, name: "SimDis-Off × 3", scheme: offline },
        { ...long, name: "SimDis-On × 3", scheme: online },
      ],
    },
  },
  ...targetRecords,
  larsRecord,
  familyRecord,
];

const inTableOne = (figures: string) =>
  `${figures} (Table 1: ImageNet top-1 of ResNet-18 taught by ResNet-50, linear evaluation)`;
const inShortRuns = ["simdis-table-1"];
const lengths: readonly Finding[] = [
  {
    id: "off-byol-short",
    record: "simdis-lengths",
    question: "In a short run, is a student with a finished teacher ahead of one that learns alone?",
    reported: inTableTwo("62.66 with {3,7} offline, 55.96 with {3}, which is BYOL"),
    predicts: "more",
    difference: { arm: "SimDis-Off", against: "BYOL", metric },
    studies: ["simdis-equal-compute", "simdis-figure-3"],
  },
  {
    id: "off-on-short",
    record: "simdis-lengths",
    question: "In a short run, is a finished teacher better than one that learns alongside?",
    reported: inTableOne("61.76 against 58.08 after 100 epochs"),
    predicts: "more",
    difference: { arm: "SimDis-Off", against: "SimDis-On", metric },
    studies: inShortRuns,
  },
  {
    id: "gap-closes",
    record: "simdis-lengths",
    question: "Does the lead of a finished teacher shrink in longer runs?",
    reported: inTableOne("3.68 points after 100 epochs, 0.66 after 300, 0.40 after 1,000"),
    predicts: "less",
    difference: { arm: "SimDis-Off × 3", against: "SimDis-On × 3", metric },
    beyond: { arm: "SimDis-Off", against: "SimDis-On" },
    studies: inShortRuns,
  },
  {
    id: "off-longer",
    record: "simdis-lengths",
    question: "Does a student with a finished teacher gain from three times the training?",
    reported: inTableOne("61.76 after 100 epochs, 65.15 after 300"),
    predicts: "more",
    difference: { arm: "SimDis-Off × 3", against: "SimDis-Off", metric },
    studies: inShortRuns,
  },
  {
    id: "on-longer",
    record: "simdis-lengths",
    question: "Does a student whose teacher learns alongside gain from three times the training?",
    reported: inTableOne("58.08 after 100 epochs, 64.49 after 300"),
    predicts: "more",
    difference: { arm: "SimDis-On × 3", against: "SimDis-On", metric },
    studies: inShortRuns,
  },
  {
    id: "seven-views-short",
    record: "simdis-lengths",
    question: "In a short run, do seven target views do more than two, with a teacher that learns alongside?",
    reported: inTableOne("60.65 against 58.08 after 100 epochs"),
    predicts: "more",
    difference: { arm: "SimDis-On-7v", against: "SimDis-On", metric },
    studies: inShortRuns,
  },
  {
    id: "off-byol-compute",
    record: "simdis-lengths",
    question: "Is a finished teacher worth more than the same compute spent on the student alone?",
    reported: "None given: the paper compares at equal epochs of the student.",
    predicts: "more",
    difference: { arm: "SimDis-Off", against: "BYOL, same compute", metric },
    studies: ["simdis-equal-compute"],
  },
];

const atDefault: readonly Finding[] = [
  {
    id: "off-byol",
    record: "default",
    question: "With 400 steps, is a student with a finished teacher ahead of one that learns alone?",
    reported: inTableTwo("62.66 with {3,7} offline, 55.96 with {3}, which is BYOL"),
    predicts: "more",
    difference: { arm: "SimDis-Off", against: "BYOL", metric },
    studies: ["simdis-figure-3"],
  },
  {
    id: "off-on",
    record: "default",
    question: "With 400 steps, is a finished teacher better than one that learns alongside?",
    reported: inTableOne("61.76 against 58.08 after 100 epochs"),
    predicts: "more",
    difference: { arm: "SimDis-Off", against: "SimDis-On", metric },
    studies: inShortRuns,
  },
  {
    id: "on-byol",
    record: "default",
    question: "With 400 steps, is a student whose teacher learns alongside ahead of one that learns alone?",
    reported: inTableTwo("58.84 with {3,7} online, 55.96 with {3}, which is BYOL"),
    predicts: "more",
    difference: { arm: "SimDis-On", against: "BYOL", metric },
    studies: ["simdis-figure-3"],
  },
  {
    id: "seven-views",
    record: "default",
    question: "With 400 steps, do seven target views do more than two, with a teacher that learns alongside?",
    reported: inTableOne("60.65 against 58.08 after 100 epochs"),
    predicts: "more",
    difference: { arm: "SimDis-On-7v", against: "SimDis-On", metric },
    studies: inShortRuns,
  },
];

export const simdisFindings: FindingSource = {
  id: "simdis",
  name: "Gu, Liu, Tian 2021, Simple Distillation Baselines for Improving Small Self-supervised Models",
  findings: [...lengths, ...atDefault, ...targetFindings, ...larsFindings, ...familyFindings],
};
