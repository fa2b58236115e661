import { type Finding, type FindingRecord, labeledArm, matchedSetting, seedsUpTo } from "./finding";
import { arm, consistent, fourTemperatures, input, metric, noFigure, source } from "./function-parts";

/** Function matching: which images, temperatures, teachers, optimizers and students. */

/** A transformer has no batch norm to calm its rate. */
const transformer = {
  student: { network: "ViT", width: 0.5 },
  optimiser: { ...labeledArm.optimiser, learningRate: 0.008 },
} as const;

export const taughtRecords: readonly FindingRecord[] = [
  {
    id: "other-images",
    question: "Which images and temperatures can a student learn a function from?",
    source,
    curve: "top1",
    experiment: {
      ...matchedSetting,
      seeds: seedsUpTo(10),
      arms: [
        { ...arm, name: "Training images" },
        { ...arm, name: "Other Shapes", scheme: { ...consistent, images: "shapes" } },
        { ...arm, name: "Backgrounds", scheme: { ...consistent, images: "backgrounds" } },
        { ...arm, name: "Noise", scheme: { ...consistent, images: "noise" } },
        { ...arm, name: "τ = 1", scheme: { ...consistent, temperature: 1 } },
        { ...arm, name: "τ = 10", scheme: { ...consistent, temperature: 10 } },
      ],
    },
  },
  {
    id: "teachers-and-students",
    question:
      "Do several teachers, a larger teacher's input, Shampoo or a transformer change function matching?",
    source,
    curve: "top1",
    experiment: {
      ...matchedSetting,
      seeds: seedsUpTo(10),
      arms: [
        { ...arm, name: "Consistent" },
        { ...arm, name: "Independent", scheme: input("independent") },
        { ...arm, name: "Two teachers", scheme: { ...consistent, teachers: 2 } },
        { ...arm, name: "Larger teacher's input", scheme: { ...consistent, teacherSize: 1.5 } },
        { ...arm, name: "Shampoo", optimiser: { ...labeledArm.optimiser, kind: "shampoo" } },
        { ...arm, ...transformer, name: "ViT, consistent" },
        { ...arm, ...transformer, name: "ViT, independent", scheme: input("independent") },
      ],
    },
  },
];

const images: readonly Finding[] = [
  {
    id: "out-of-domain",
    record: "other-images",
    question: "Does a student that sees only images of another domain stay behind?",
    reported: `Images of other domains work, but worse than the training images, ${noFigure}.`,
    predicts: "less",
    difference: { arm: "Other Shapes", against: "Training images", metric },
    studies: ["funmatch-out-of-domain"],
  },
  {
    id: "domain-noise",
    record: "other-images",
    question: "Are images of another domain better than noise?",
    reported: `The closer the images, the better, ${noFigure}.`,
    predicts: "more",
    difference: { arm: "Other Shapes", against: "Noise", metric },
    studies: ["funmatch-out-of-domain"],
  },
  {
    id: "domain-backgrounds",
    record: "other-images",
    question: "Are images of another domain better than backgrounds without anything on them?",
    reported: `The closer the images, the better, ${noFigure}.`,
    predicts: "more",
    difference: { arm: "Other Shapes", against: "Backgrounds", metric },
    studies: ["funmatch-out-of-domain"],
  },
  {
    id: "high-temperature",
    record: "other-images",
    question: "Does it matter whether the temperature is 10 or 1?",
    reported: fourTemperatures,
    predicts: "same",
    difference: { arm: "τ = 10", against: "τ = 1", metric },
    studies: ["funmatch-temperature"],
  },
];

const teachers: readonly Finding[] = [
  {
    id: "two-teachers",
    record: "teachers-and-students",
    question: "Do two teachers teach more than one?",
    reported: `An ensemble of teachers improves the student, ${noFigure}.`,
    predicts: "more",
    difference: { arm: "Two teachers", against: "Consistent", metric },
    studies: ["funmatch-teachers"],
  },
  {
    id: "larger-input",
    record: "teachers-and-students",
    question: "Does a teacher that sees the same crop in more pixels teach more?",
    reported: `A teacher with larger images improves the student, ${noFigure}.`,
    predicts: "more",
    difference: { arm: "Larger teacher's input", against: "Consistent", metric },
    studies: ["funmatch-teachers"],
  },
  {
    id: "shampoo-steps",
    record: "teachers-and-students",
    question: "At equal steps, is Shampoo ahead of AdamW?",
    reported: `Shampoo reaches in fewer epochs what Adam reaches, ${noFigure}.`,
    predicts: "more",
    difference: { arm: "Shampoo", against: "Consistent", metric },
    studies: ["shampoo"],
  },
  {
    id: "transformer-independent",
    record: "teachers-and-students",
    question: "Does a crop each hurt a transformer, too?",
    reported: "Not tried by the paper, whose students are convolutional networks.",
    predicts: "less",
    difference: { arm: "ViT, independent", against: "ViT, consistent", metric },
    studies: ["funmatch-architecture"],
  },
  {
    id: "transformer-less-hurt",
    record: "teachers-and-students",
    question: "Does a crop each hurt a transformer less than a convolutional network?",
    reported: "Not tried by the paper, whose students are convolutional networks.",
    predicts: "more",
    difference: { arm: "ViT, independent", against: "ViT, consistent", metric },
    beyond: { arm: "Independent", against: "Consistent" },
    studies: ["funmatch-architecture"],
  },
];

export const taughtFindings: readonly Finding[] = [...images, ...teachers];
