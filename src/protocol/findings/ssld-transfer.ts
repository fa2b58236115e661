import { type Finding, type FindingRecord, labeledArm, labeledSetting, seedsUpTo } from "./finding";
import { metric, source } from "./ssld-parts";

/** SSLD: encoders that were trained on other images, as the start of a classifier and of a detector. */

const otherTask = { from: "supervised", images: "normal", steps: 300 } as const;
const distilled = { from: "distilled", images: "normal", steps: 300 } as const;
const few = { source: "shapes", difficulty: "hard", train: 1_000 } as const;
const plain = { ...labeledArm, scheme: { method: "supervised" }, steps: 150 } as const;
const detector = { ...labeledArm, scheme: { method: "detection" }, steps: 600 } as const;
const layers = (layerRates: "resnet" | "detection") => ({
  optimiser: { ...labeledArm.optimiser, layerRates },
});

export const ssldTransferRecords: readonly FindingRecord[] = [
  {
    id: "transfer",
    question: "Does a distilled encoder transfer better, and do slow early layers help?",
    source,
    curve: "top1",
    experiment: {
      ...labeledSetting,
      dataset: few,
      seeds: seedsUpTo(5),
      arms: [
        { ...plain, name: "Plain" },
        { ...plain, name: "Pretrained", start: otherTask },
        { ...plain, name: "Distilled", start: distilled },
        { ...plain, ...layers("resnet"), name: "Distilled, 0.1 to 0.3", start: distilled },
        { ...plain, ...layers("detection"), name: "Distilled, 0.05 to 0.15", start: distilled },
      ],
    },
  },
  {
    id: "detection",
    question: "Does a distilled encoder find more objects, and do slow early layers help it?",
    source,
    curve: "detectionAp",
    experiment: {
      ...labeledSetting,
      dataset: few,
      seeds: seedsUpTo(10),
      arms: [
        { ...detector, name: "Plain" },
        { ...detector, name: "Pretrained", start: otherTask },
        { ...detector, ...layers("detection"), name: "Pretrained, 0.05 to 0.15", start: otherTask },
        { ...detector, ...layers("detection"), name: "Distilled, 0.05 to 0.15", start: distilled },
      ],
    },
  },
];

const transfers = ["transfer-hard-shapes"];
const boxes = (figures: string) =>
  `${figures} (COCO mAP of Faster R-CNN); for classification a list is recommended, without a figure`;
const classified: readonly Finding[] = [
  {
    id: "distilled-plain",
    record: "transfer",
    question:
      "On few images, is an encoder that was distilled on others ahead of one that starts from random numbers?",
    reported: "Distilled encoders lead on ten data sets; the figures are not repeated here.",
    predicts: "more",
    difference: { arm: "Distilled", against: "Plain", metric },
    studies: transfers,
  },
  {
    id: "distilled-pretrained",
    record: "transfer",
    question:
      "On few images, is a distilled encoder ahead of one that was pretrained on the same other images with labels?",
    reported:
      "36.3 with a distilled encoder of 82.18 %, 34.3 with one of 79.12 %, both with the slow list (COCO mAP of Faster R-CNN)",
    predicts: "more",
    difference: { arm: "Distilled", against: "Pretrained", metric },
    studies: transfers,
  },
  {
    id: "slow-layers",
    record: "transfer",
    question: "Do slow early layers help a loaded encoder (0.1 to 0.3)?",
    reported: boxes("34.3 with a slow list, 34.8 with equal rates"),
    predicts: "more",
    difference: { arm: "Distilled, 0.1 to 0.3", against: "Distilled", metric },
    studies: transfers,
  },
  {
    id: "slower-layers",
    record: "transfer",
    question: "Do still slower early layers help a loaded encoder (0.05 to 0.15)?",
    reported: boxes("34.3 with this list, 34.8 with equal rates"),
    predicts: "less",
    difference: { arm: "Distilled, 0.05 to 0.15", against: "Distilled", metric },
    studies: transfers,
  },
];

const found = (figures: string) => `${figures} (COCO mAP of Faster R-CNN on ResNet-50)`;
const detected: readonly Finding[] = [
  {
    id: "detection-slower-layers",
    record: "detection",
    question:
      "Do slower early layers (0.05 to 0.15) hurt a detector whose encoder was pretrained with labels?",
    reported: found("34.3 with this list, 34.8 with equal rates"),
    predicts: "less",
    difference: { arm: "Pretrained, 0.05 to 0.15", against: "Pretrained", metric: "finalDetection" },
    studies: ["detection-transfer"],
  },
  {
    id: "detection-distilled",
    record: "detection",
    question:
      "With slower early layers, does a detector find more with a distilled encoder than with one pretrained with labels?",
    reported: found("36.3 with an encoder of 82.18 %, 34.3 with one of 79.12 %"),
    predicts: "more",
    difference: {
      arm: "Distilled, 0.05 to 0.15",
      against: "Pretrained, 0.05 to 0.15",
      metric: "finalDetection",
    },
    studies: ["detection-transfer"],
  },
  {
    id: "detection-pretrained",
    record: "detection",
    question:
      "Does a detector find more with an encoder trained on other images than with one that starts from random numbers?",
    reported: "Taken for granted; no detector starts from random numbers there.",
    predicts: "more",
    difference: { arm: "Pretrained", against: "Plain", metric: "finalDetection" },
    studies: ["detection-transfer"],
  },
];

export const ssldTransferFindings: readonly Finding[] = [...classified, ...detected];
