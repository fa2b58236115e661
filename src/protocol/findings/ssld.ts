import { type Finding, type FindingRecord, type FindingSource, labeledSetting, seedsUpTo } from "./finding";
import { arm, large, metric, source, ssld } from "./ssld-parts";
import { ssldTeacherFindings, ssldTeacherRecords } from "./ssld-teachers";
import { ssldTransferFindings, ssldTransferRecords } from "./ssld-transfer";

/** SSLD: divergences, teachers, iterations, unlabeled images and what comes after the training. */

const labels = { method: "supervised" } as const;

const loaded = { from: "supervised", images: "own", steps: 200 } as const;

export const ssldRecords: readonly FindingRecord[] = [
  {
    id: "ssld-steps",
    question: "Which steps of SSLD's ladder help?",
    source,
    curve: "top1",
    experiment: {
      ...labeledSetting,
      seeds: seedsUpTo(5),
      arms: [
        { ...arm, name: "Labels", scheme: labels },
        { ...arm, name: "KL", scheme: { ...ssld, divergence: "KL" } },
        { ...arm, name: "Soft cross-entropy", scheme: { ...ssld, divergence: "CEsoft" } },
        { ...arm, name: "JS" },
        { ...arm, name: "Small teacher", teacherSteps: 60 },
        { ...arm, name: "JS × 3", steps: 600 },
      ],
    },
  },
  ...ssldTeacherRecords,
  {
    id: "without-labels",
    question: "What do images without labels add?",
    source,
    curve: "top1",
    experiment: {
      ...labeledSetting,
      dataset: { ...labeledSetting.dataset, unlabelled: 0.9 },
      seeds: seedsUpTo(10),
      arms: [
        { ...arm, name: "Labels", scheme: labels },
        { ...arm, name: "SSLD" },
        { ...arm, name: "Surest images", scheme: { ...ssld, pool: "selected", perClass: 100 } },
        { ...arm, name: "All images", scheme: { ...ssld, pool: "whole" } },
        { ...arm, name: "All, fine-tuned", scheme: { ...ssld, pool: "whole", fineTune: 0.1 } },
      ],
    },
  },
  {
    id: "after-training",
    question: "What do fine-tuning, Fix, AutoAugment and a lower rate after loading add?",
    source,
    curve: "top1",
    experiment: {
      ...labeledSetting,
      seeds: seedsUpTo(5),
      arms: [
        { ...arm, name: "SSLD" },
        { ...arm, name: "Fine-tuned", scheme: { ...ssld, fineTune: 0.1 } },
        { ...arm, name: "Fine-tuned, Fix", scheme: { ...ssld, fineTune: 0.1 }, fixSteps: 100 },
        { ...arm, name: "AutoAugment", scheme: { ...ssld, autoAugment: true } },
        { ...arm, name: "Loaded, full rate", start: loaded },
        { ...arm, name: "Loaded, a tenth", start: { ...loaded, rateShare: 0.1 } },
        { ...arm, name: "Loaded, a hundredth", start: { ...loaded, rateShare: 0.01 } },
      ],
    },
  },
  ...ssldTransferRecords,
];

const fifty = (figures: string) => `${figures} (ImageNet top-1 of ResNet-50)`;

const ladder = ["ssld-ladder"];
const divergences = ["ssld-divergences"];
const steps: readonly Finding[] = [
  {
    id: "ssld-labels",
    record: "ssld-steps",
    question: "Does a student that sees only its teacher's answers beat one that sees the labels?",
    reported: large("75.6 from a teacher with 79.12, 75.3 from labels"),
    predicts: "more",
    difference: { arm: "KL", against: "Labels", metric },
    studies: [...divergences, ...ladder],
  },
  {
    id: "kl-ce",
    record: "ssld-steps",
    question: "Do KL and soft cross-entropy train the same?",
    reported: "Their gradients are equal for a frozen teacher; the documentation sees no gain.",
    predicts: "same",
    difference: { arm: "KL", against: "Soft cross-entropy", metric },
    studies: divergences,
  },
  {
    id: "js-kl",
    record: "ssld-steps",
    question: "Is the code's “JS”, half of Jeffreys' divergence, better than KL?",
    reported: large("76.2 with JS, 76.0 with soft cross-entropy"),
    predicts: "more",
    difference: { arm: "JS", against: "KL", metric },
    studies: [...divergences, ...ladder],
  },
  {
    id: "better-teacher",
    record: "ssld-steps",
    question: "Does a better teacher make a better student?",
    reported: large("76.0 from a teacher with 82.35, 75.6 from one with 79.12"),
    predicts: "more",
    difference: { arm: "JS", against: "Small teacher", metric },
    studies: ladder,
  },
  {
    id: "three-times",
    record: "ssld-steps",
    question: "Does the student gain from three times the training?",
    reported: large("77.1 after 360 epochs, 76.2 after 120"),
    predicts: "more",
    difference: { arm: "JS × 3", against: "JS", metric },
    studies: ladder,
  },
];

const pools = ["ssld-unlabelled"];
const unlabeled: readonly Finding[] = [
  {
    id: "ssld-few-labels",
    record: "without-labels",
    question: "With a tenth of the labels, does SSLD beat labels on the same images?",
    reported: large("75.6 from a teacher with 79.12, 75.3 from labels"),
    predicts: "more",
    difference: { arm: "SSLD", against: "Labels", metric },
    studies: pools,
  },
  {
    id: "unlabeled-images",
    record: "without-labels",
    question: "Do images without labels help?",
    reported: large("78.5 with 4 million of them, 77.1 without"),
    predicts: "more",
    difference: { arm: "All images", against: "SSLD", metric },
    studies: pools,
  },
  {
    id: "surest-images",
    record: "without-labels",
    question: "Is it enough to take the images that the teacher is surest of?",
    reported: large("78.5 with the surest 4 million, 77.1 without; more were not tried"),
    predicts: "same",
    difference: { arm: "Surest images", against: "All images", metric },
    studies: pools,
  },
  {
    id: "fine-tuned-pool",
    record: "without-labels",
    question: "Does fine-tuning on the labeled images help after training with unlabeled ones?",
    reported: large("78.9 with fine-tuning, 78.5 before"),
    predicts: "more",
    difference: { arm: "All, fine-tuned", against: "All images", metric },
    studies: pools,
  },
];

const after: readonly Finding[] = [
  {
    id: "fine-tuned",
    record: "after-training",
    question: "Do last steps of SSLD at a hundredth of the rate help?",
    reported: large("78.9 with fine-tuning, 78.5 before"),
    predicts: "more",
    difference: { arm: "Fine-tuned", against: "SSLD", metric },
    studies: ["fix-strategy"],
  },
  {
    id: "fix",
    record: "after-training",
    question: "Do larger images help, with a classifier that is trained on them at the end?",
    reported: fifty("84.0 at 320 pixels with Fix, 82.99 at 224 without"),
    predicts: "more",
    difference: { arm: "Fine-tuned, Fix", against: "Fine-tuned", metric },
    studies: ["fix-strategy"],
  },
  {
    id: "auto-augment",
    record: "after-training",
    question: "Do AutoAugment and half the weight decay help?",
    reported: fifty("82.99 with both changes, 82.39 without"),
    predicts: "more",
    difference: { arm: "AutoAugment", against: "SSLD", metric },
    studies: ["ssld-auto-augment"],
  },
  {
    id: "tenth-of-the-rate",
    record: "after-training",
    question: "Does a loaded student do better at a tenth of the rate than at the full one?",
    reported: "A tenth to a hundredth is recommended, without a figure.",
    predicts: "more",
    difference: { arm: "Loaded, a tenth", against: "Loaded, full rate", metric },
    studies: ["loaded-rates"],
  },
  {
    id: "hundredth-of-the-rate",
    record: "after-training",
    question: "Does a loaded student do better at a hundredth of the rate than at the full one?",
    reported: "A tenth to a hundredth is recommended, without a figure.",
    predicts: "more",
    difference: { arm: "Loaded, a hundredth", against: "Loaded, full rate", metric },
    studies: ["loaded-rates"],
  },
];

export const ssldFindings: FindingSource = {
  id: "ssld",
  name: "Cui et al. 2021, Beyond Self-Supervision (SSLD), and the PaddleClas documentation",
  findings: [...steps, ...ssldTeacherFindings, ...unlabeled, ...after, ...ssldTransferFindings],
};
