import { smallPair, textureViews } from "../suggestions";
import { type Finding, type FindingRecord, seedsUpTo, unlabeledSetting } from "./finding";

/** Which target views help, with a finished teacher and with one that learns alongside: the rows of SimDis' Table 2. */

const source = "Gu et al. 2021 (SimDis)";
const metric = "finalKnn";

type TargetView = 1 | 2 | 3 | 4 | 5 | 6 | 7;
export const everyTarget: readonly TargetView[] = [1, 2, 3, 4, 5, 6, 7];

export const inTableTwo = (figures: string) =>
  `${figures} (Table 2: ImageNet top-1 of ResNet-18, 100 epochs; which targets belong to which row is certain for {3} and all seven only)`;

/** The rows whose targets are known or follow from the order of the table's columns. */
const rows: readonly (readonly [name: string, targets: readonly TargetView[]])[] = [
  ["{3}", [3]],
  ["{3,4}", [3, 4]],
  ["{3,5}", [3, 5]],
  ["{3,6}", [3, 6]],
  ["{3,7}", [3, 7]],
  ["{3,6,7}", [3, 6, 7]],
  ["all", everyTarget],
];

/** Rows of three and five views, whose targets are guesses. */
const guessedRows: typeof rows = [
  ["{3,4,5}", [3, 4, 5]],
  ["{3,6,7}", [3, 6, 7]],
  ["{3–7}", [3, 4, 5, 6, 7]],
];

const setting = { ...unlabeledSetting, views: textureViews, seeds: seedsUpTo(5) } as const;
const armsOf = (method: "simdis-off" | "simdis-on", teacherSteps: number, of = rows) =>
  of.map(([name, targets]) => ({
    ...smallPair,
    steps: 200,
    teacherSteps,
    name,
    scheme: { method, targets: [...targets] },
  }));

export const targetRecords: readonly FindingRecord[] = [
  {
    id: "simdis-targets",
    question: "Which of the seven target views help a student with a finished teacher?",
    source,
    curve: "knnTop1",
    // One teacher for all, which has learned for longer than its students.
    experiment: { ...setting, arms: armsOf("simdis-off", 300) },
  },
  {
    id: "simdis-targets-online",
    question: "Which of the seven target views help a student whose teacher learns alongside?",
    source,
    curve: "knnTop1",
    experiment: { ...setting, arms: armsOf("simdis-on", 200) },
  },
  {
    id: "simdis-more-targets",
    question: "Do both targets of the teacher's copy help more than its own two, and do five help at all?",
    source,
    curve: "knnTop1",
    experiment: {
      ...setting,
      arms: [
        ...armsOf("simdis-off", 300, guessedRows).map((arm) => ({ ...arm, name: `Off ${arm.name}` })),
        ...armsOf("simdis-on", 200, guessedRows).map((arm) => ({ ...arm, name: `On ${arm.name}` })),
      ],
    },
  },
];

const offlineTargets = ["simdis-table-2-offline"];
const offline: readonly Finding[] = [
  {
    id: "teacher-target",
    record: "simdis-targets",
    question: "Does a finished teacher's target from the other view add to the student's own copy?",
    reported: inTableTwo("62.66 with {3,7}, 55.96 with {3}"),
    predicts: "more",
    difference: { arm: "{3,7}", against: "{3}", metric },
    studies: offlineTargets,
  },
  {
    id: "other-view",
    record: "simdis-targets",
    question: "Is the teacher copy's target from the other view better than from the same view?",
    reported: inTableTwo("62.66 with {3,7}, 59.72 with {3,6}"),
    predicts: "more",
    difference: { arm: "{3,7}", against: "{3,6}", metric },
    studies: offlineTargets,
  },
  {
    id: "other-view-of-teacher",
    record: "simdis-targets",
    question: "Is the teacher's own target from the other view better than from the same view?",
    reported: inTableTwo("62.08 with {3,5}, 59.67 with {3,4}"),
    predicts: "more",
    difference: { arm: "{3,5}", against: "{3,4}", metric },
    studies: offlineTargets,
  },
  {
    id: "third-view",
    record: "simdis-targets",
    question: "Does a third target view add to two?",
    reported: inTableTwo("63.27 with {3,6,7}, 62.66 with {3,7}"),
    predicts: "more",
    difference: { arm: "{3,6,7}", against: "{3,7}", metric },
    studies: offlineTargets,
  },
  {
    id: "all-views-offline",
    record: "simdis-targets",
    question: "Do all seven target views do more than two, with a finished teacher?",
    reported: inTableTwo("63.14 with all seven, 62.66 with {3,7}"),
    predicts: "more",
    difference: { arm: "all", against: "{3,7}", metric },
    studies: offlineTargets,
  },
];

const onlineTargets = ["simdis-table-2-online"];
const online: readonly Finding[] = [
  {
    id: "teacher-target-online",
    record: "simdis-targets-online",
    question:
      "Does a target from the other view by a teacher that learns alongside add to the student's own copy?",
    reported: inTableTwo("58.84 with {3,7}, 55.96 with {3}"),
    predicts: "more",
    difference: { arm: "{3,7}", against: "{3}", metric },
    studies: onlineTargets,
  },
  {
    id: "other-view-online",
    record: "simdis-targets-online",
    question:
      "With a teacher that learns alongside, is its copy's target from the other view better than from the same view?",
    reported: inTableTwo("58.84 with {3,7}, 59.25 with {3,6}"),
    predicts: "less",
    difference: { arm: "{3,7}", against: "{3,6}", metric },
    studies: onlineTargets,
  },
  {
    id: "other-view-of-teacher-online",
    record: "simdis-targets-online",
    question:
      "With a teacher that learns alongside, is its own target from the other view better than from the same view?",
    reported: inTableTwo("58.29 with {3,5}, 58.20 with {3,4}"),
    predicts: "more",
    difference: { arm: "{3,5}", against: "{3,4}", metric },
    studies: onlineTargets,
  },
  {
    id: "third-view-online",
    record: "simdis-targets-online",
    question: "With a teacher that learns alongside, does a third target view add to two?",
    reported: inTableTwo("59.55 with {3,6,7}, 58.84 with {3,7}"),
    predicts: "more",
    difference: { arm: "{3,6,7}", against: "{3,7}", metric },
    studies: onlineTargets,
  },
  {
    id: "all-views-online",
    record: "simdis-targets-online",
    question: "With a teacher that learns alongside, do all seven target views do more than two?",
    reported: inTableTwo("63.52 with all seven, 58.84 with {3,7}"),
    predicts: "more",
    difference: { arm: "all", against: "{3,7}", metric },
    studies: onlineTargets,
  },
];

const more: readonly Finding[] = [
  {
    id: "copy-targets",
    record: "simdis-more-targets",
    question: "Are both targets of a finished teacher's copy better than both of its own?",
    reported: inTableTwo("63.27 with {3,6,7}, 62.06 with {3,4,5}"),
    predicts: "more",
    difference: { arm: "Off {3,6,7}", against: "Off {3,4,5}", metric },
    studies: offlineTargets,
  },
  {
    id: "five-views",
    record: "simdis-more-targets",
    question: "Do five target views do less than three, with a finished teacher?",
    reported: inTableTwo("59.12 with {3–7}, 63.27 with {3,6,7}"),
    predicts: "less",
    difference: { arm: "Off {3–7}", against: "Off {3,6,7}", metric },
    studies: offlineTargets,
  },
  {
    id: "copy-targets-online",
    record: "simdis-more-targets",
    question: "Are both targets of the copy of a teacher that learns alongside better than both of its own?",
    reported: inTableTwo("59.55 with {3,6,7}, 58.74 with {3,4,5}"),
    predicts: "more",
    difference: { arm: "On {3,6,7}", against: "On {3,4,5}", metric },
    studies: onlineTargets,
  },
  {
    id: "five-views-online",
    record: "simdis-more-targets",
    question: "With a teacher that learns alongside, do five target views do less than three?",
    reported: inTableTwo("59.06 with {3–7}, 59.55 with {3,6,7}"),
    predicts: "less",
    difference: { arm: "On {3–7}", against: "On {3,6,7}", metric },
    studies: onlineTargets,
  },
];

export const targetFindings: readonly Finding[] = [...offline, ...online, ...more];
