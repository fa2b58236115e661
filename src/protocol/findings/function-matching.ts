import {
  type Finding,
  type FindingRecord,
  type FindingSource,
  labeledSetting,
  matchedSetting,
  seedsUpTo,
} from "./finding";
import { inputFindings, inputRecords } from "./function-inputs";
import { arm, consistency, input, metric, mixed, noFigure, source } from "./function-parts";
import { taughtFindings, taughtRecords } from "./function-teachers";

/** Function matching: what both networks see, how long, and which start. */

const fixed = (how: "fixedResize" | "fixedCentre" | "fixedMultiCrop", cachedTeacher = false) =>
  ({ method: "funmatch", input: how, cachedTeacher }) as const;

const lengths = [
  ["", 75],
  [" × 3", 225],
  [" × 9", 675],
] as const;

const pretrained = { from: "supervised", images: "hard", steps: 300 } as const;

export const functionRecords: readonly FindingRecord[] = [
  {
    id: "funmatch-views",
    question: "Which inputs should a teacher and its student see?",
    source,
    curve: "top1",
    experiment: {
      ...matchedSetting,
      seeds: seedsUpTo(10),
      arms: [
        { ...arm, name: "Consistent" },
        { ...arm, name: "Independent", scheme: input("independent") },
        { ...arm, name: "Fixed, whole", scheme: fixed("fixedResize") },
        { ...arm, name: "Fixed, asked once", scheme: fixed("fixedResize", true) },
        { ...arm, name: "Function matching", scheme: mixed },
        { ...arm, name: "Mixed separately", scheme: { ...mixed, mixup: "separate" } },
      ],
    },
  },
  {
    id: "patience",
    question: "Does function matching need patience?",
    source,
    curve: "top1",
    experiment: {
      ...matchedSetting,
      seeds: seedsUpTo(5),
      arms: lengths.flatMap(([times, steps]) => [
        { ...arm, name: `Consistent${times}`, steps },
        { ...arm, name: `Function matching${times}`, steps, scheme: mixed },
      ]),
    },
  },
  {
    id: "starts",
    question: "Is a pretrained student ahead, and for how long?",
    source,
    curve: "top1",
    experiment: {
      ...labeledSetting,
      dataset: { source: "shapes", difficulty: "easy", train: 2_000 },
      seeds: seedsUpTo(5),
      arms: [
        { ...arm, name: "From scratch", steps: 60 },
        { ...arm, name: "Pretrained", steps: 60, start: pretrained },
        { ...arm, name: "From scratch × 6", steps: 600 },
        { ...arm, name: "Pretrained × 6", steps: 360, start: pretrained },
      ],
    },
  },
  ...inputRecords,
  ...taughtRecords,
];

const inputs: readonly Finding[] = [
  {
    id: "consistent-independent",
    record: "funmatch-views",
    question: "Is one crop for both networks better than a crop each?",
    reported: consistency,
    predicts: "more",
    difference: { arm: "Consistent", against: "Independent", metric },
    studies: ["funmatch-inputs"],
  },
  {
    id: "consistent-whole",
    record: "funmatch-views",
    question: "Is one crop for both better than a teacher that always sees the whole image?",
    reported: consistency,
    predicts: "more",
    difference: { arm: "Consistent", against: "Fixed, whole", metric },
    studies: ["funmatch-inputs", "funmatch-cached"],
  },
  {
    id: "asked-once",
    record: "funmatch-views",
    question: "Does a fixed teacher teach the same when it is asked only once?",
    reported:
      "Follows from the definition; the paper advises against it, because the teacher's input is then fixed.",
    predicts: "same",
    difference: { arm: "Fixed, asked once", against: "Fixed, whole", metric },
    studies: ["funmatch-cached"],
  },
  {
    id: "mixup-short",
    record: "funmatch-views",
    question: "In a short run, does mixup on top of one crop for both cost accuracy?",
    reported:
      "80.5 after 160 epochs, 82.8 after 9,600 (ImageNet top-1 of ResNet-50): mixed inputs are for long runs.",
    predicts: "less",
    difference: { arm: "Function matching", against: "Consistent", metric },
    studies: ["funmatch-patience", "funmatch-inputs"],
  },
  {
    id: "mixed-separately",
    record: "funmatch-views",
    question: "Does it hurt to mix images for each network by itself?",
    reported: "The text can be read as mixing separately; the published code mixes once, for both.",
    predicts: "less",
    difference: { arm: "Mixed separately", against: "Function matching", metric },
    studies: ["funmatch-inputs"],
  },
];

const patience: readonly Finding[] = [
  {
    id: "longer-matching",
    record: "patience",
    question: "Does function matching still gain from the last two thirds of a training of 675 steps?",
    reported: "80.5 after 160 epochs, 82.8 after 9,600 (ImageNet top-1 of ResNet-50)",
    predicts: "more",
    difference: { arm: "Function matching × 9", against: "Function matching × 3", metric },
    studies: ["funmatch-patience"],
  },
  {
    id: "mixup-pays-later",
    record: "patience",
    question: "Does what mixup costs shrink in longer runs?",
    reported: `Function matching overtakes merely consistent inputs in long runs, ${noFigure}.`,
    predicts: "more",
    difference: { arm: "Function matching × 9", against: "Consistent × 9", metric },
    beyond: { arm: "Function matching", against: "Consistent" },
    studies: ["funmatch-patience"],
  },
  {
    id: "mixup-overtakes",
    record: "patience",
    question: "Is mixup ahead after nine times the training?",
    reported: `Function matching overtakes merely consistent inputs in long runs, ${noFigure}.`,
    predicts: "more",
    difference: { arm: "Function matching × 9", against: "Consistent × 9", metric },
    studies: ["funmatch-patience"],
  },
  {
    id: "longer-consistent",
    record: "patience",
    question: "Do merely consistent inputs gain from the last two thirds of a training of 675 steps?",
    reported:
      "Long training keeps helping up to 9,600 epochs; for consistent inputs alone no figure is given.",
    predicts: "more",
    difference: { arm: "Consistent × 9", against: "Consistent × 3", metric },
    studies: ["funmatch-patience"],
  },
];

const starts: readonly Finding[] = [
  {
    id: "head-start",
    record: "starts",
    question: "In a short run, is a pretrained student ahead?",
    reported: `A pretrained student learns faster at first, ${noFigure}.`,
    predicts: "more",
    difference: { arm: "Pretrained", against: "From scratch", metric },
    studies: ["pretrained-init"],
  },
  {
    id: "head-start-lasts",
    record: "starts",
    question: "Is a pretrained student's lead smaller after six times the training?",
    reported: `In long runs the other student catches up, ${noFigure}.`,
    predicts: "less",
    difference: { arm: "Pretrained × 6", against: "From scratch × 6", metric },
    beyond: { arm: "Pretrained", against: "From scratch" },
    studies: ["pretrained-init"],
  },
  {
    id: "late-loss",
    record: "starts",
    question: "Is the pretrained student behind in the long run?",
    reported: `In long runs the student that began from random numbers ends ahead, ${noFigure}.`,
    predicts: "less",
    difference: { arm: "Pretrained × 6", against: "From scratch × 6", metric },
    studies: ["pretrained-init"],
  },
];

export const functionFindings: FindingSource = {
  id: "funmatch",
  name: "Beyer et al. 2022, A good teacher is patient and consistent",
  findings: [...inputs, ...inputFindings, ...patience, ...starts, ...taughtFindings],
};
