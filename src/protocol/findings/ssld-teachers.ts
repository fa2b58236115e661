import { type Finding, type FindingRecord, labeledArm, labeledSetting, seedsUpTo } from "./finding";
import { arm, large, metric, source } from "./ssld-parts";

/** SSLD: how a teacher is normalized, the weight decay of each network, and deeper teachers. */

const { optimiser } = labeledArm;

const ofWidth = (network: "R8" | "R18") => ({ network, width: 0.25 }) as const;

export const ssldTeacherRecords: readonly FindingRecord[] = [
  {
    id: "teacher-norm",
    question: "Should a frozen teacher be normalized by the batch, and should its student decay less?",
    source,
    curve: "top1",
    experiment: {
      ...labeledSetting,
      seeds: seedsUpTo(5),
      arms: [
        { ...arm, name: "Batch statistics" },
        { ...arm, name: "Running statistics", scheme: { ...arm.scheme, teacherBatchNorm: "eval" } },
        {
          ...arm,
          name: "The teacher's decay",
          optimiser: { ...optimiser, weightDecay: 0.1, teacherDecay: "own", teacherWeightDecay: 0.1 },
        },
        {
          ...arm,
          name: "A tenth of it",
          optimiser: { ...optimiser, weightDecay: 0.01, teacherDecay: "own", teacherWeightDecay: 0.1 },
        },
      ],
    },
  },
  {
    id: "teacher-sizes",
    question: "Is a deeper teacher better?",
    source,
    curve: "top1",
    experiment: {
      ...labeledSetting,
      seeds: seedsUpTo(5),
      arms: [
        { ...arm, name: "R8 teaches", teacher: ofWidth("R8") },
        { ...arm, name: "R18 teaches", teacher: ofWidth("R18") },
        { ...arm, name: "R18 teaches, trained × 3", teacher: ofWidth("R18"), teacherSteps: 600 },
      ],
    },
  },
];

export const ssldTeacherFindings: readonly Finding[] = [
  {
    id: "teacher-batch-norm",
    record: "teacher-norm",
    question: "Does a frozen teacher teach more when the batch normalizes it?",
    reported:
      "76.00 by the batch, 75.84 by running statistics (ImageNet top-1; which is which is taken from the documentation's text)",
    predicts: "more",
    difference: { arm: "Batch statistics", against: "Running statistics", metric },
    studies: ["ssld-teacher-norm"],
  },
  {
    id: "less-decay",
    record: "teacher-norm",
    question: "Is a small student better off with less weight decay than its teacher?",
    reported: "Less decay is recommended for small networks, without a figure.",
    predicts: "more",
    difference: { arm: "A tenth of it", against: "The teacher's decay", metric },
    studies: ["ssld-teacher-norm"],
  },
  {
    id: "deeper-teacher",
    record: "teacher-sizes",
    question:
      "Does a deeper teacher, R18 for R8, make a better student, when it has trained three times as long?",
    reported: large("76.0 from a teacher with 82.35, 75.6 from one with 79.12"),
    predicts: "more",
    difference: { arm: "R18 teaches, trained × 3", against: "R8 teaches", metric },
    studies: ["teacher-gap"],
  },
  {
    id: "deeper-teacher-unready",
    record: "teacher-sizes",
    question:
      "Does a deeper teacher make a worse student, when it has trained no longer than the smaller one?",
    reported: "None given: the teachers there are finished.",
    predicts: "more",
    difference: { arm: "R8 teaches", against: "R18 teaches", metric },
    studies: ["teacher-gap"],
  },
];
