import { type Finding, type FindingRecord, matchedSetting, seedsUpTo } from "./finding";
import {
  arm,
  consistency,
  consistent,
  fourTemperatures,
  input,
  metric,
  noFigure,
  source,
} from "./function-parts";

/** Function matching: fixed inputs of the teacher, two kinds of crops, and the paper's four temperatures. */

const fixed = (how: "fixedResize" | "fixedCentre" | "fixedMultiCrop") =>
  ({ method: "funmatch", input: how }) as const;

const temperatures = [1, 2, 5, 10] as const;

export const inputRecords: readonly FindingRecord[] = [
  {
    id: "fixed-inputs",
    question: "What should a teacher see that does not follow its student's crops?",
    source,
    curve: "top1",
    experiment: {
      ...matchedSetting,
      seeds: seedsUpTo(5),
      arms: [
        { ...arm, name: "Consistent" },
        { ...arm, name: "Consistent, square", scheme: input("consistentRandom") },
        { ...arm, name: "Fixed, whole", scheme: fixed("fixedResize") },
        { ...arm, name: "Fixed, center", scheme: fixed("fixedCentre") },
        { ...arm, name: "Fixed, windows", scheme: fixed("fixedMultiCrop") },
      ],
    },
  },
  {
    id: "temperatures",
    question: "Which of the paper's four temperatures is best?",
    source,
    curve: "top1",
    experiment: {
      ...matchedSetting,
      seeds: seedsUpTo(5),
      arms: temperatures.map((temperature) => ({
        ...arm,
        name: `τ = ${temperature}`,
        scheme: { ...consistent, temperature },
      })),
    },
  },
];

const fixedInputs: readonly Finding[] = [
  {
    id: "consistent-center",
    record: "fixed-inputs",
    question: "Is one crop for both better than a teacher that always sees the center?",
    reported: consistency,
    predicts: "more",
    difference: { arm: "Consistent", against: "Fixed, center", metric },
    studies: ["funmatch-inputs"],
  },
  {
    id: "consistent-windows",
    record: "fixed-inputs",
    question: "Is one crop for both better than a teacher that answers by the mean over fixed windows?",
    reported: consistency,
    predicts: "more",
    difference: { arm: "Consistent", against: "Fixed, windows", metric },
    studies: ["funmatch-inputs"],
  },
  {
    id: "whole-center",
    record: "fixed-inputs",
    question: "Is a teacher that sees the whole image worse than one that sees its center?",
    reported: `The whole image is the worst of the fixed inputs, ${noFigure}.`,
    predicts: "less",
    difference: { arm: "Fixed, whole", against: "Fixed, center", metric },
    studies: ["funmatch-inputs"],
  },
  {
    id: "square-crops",
    record: "fixed-inputs",
    question: "Are square crops as good as those of changing shape, when both networks see them?",
    reported: `Both count as consistent, ${noFigure}.`,
    predicts: "same",
    difference: { arm: "Consistent, square", against: "Consistent", metric },
    studies: ["funmatch-inputs"],
  },
];

const steps = [
  [2, 1],
  [5, 2],
  [10, 5],
] as const;
const warm: readonly Finding[] = steps.map(([higher, lower]) => ({
  id: `temperature-${higher}`,
  record: "temperatures",
  question: `Does it matter whether the temperature is ${higher} or ${lower}?`,
  reported: fourTemperatures,
  predicts: "same",
  difference: { arm: `τ = ${higher}`, against: `τ = ${lower}`, metric },
  studies: ["funmatch-temperature"],
}));

export const inputFindings: readonly Finding[] = [...fixedInputs, ...warm];
