import { type ArmInput, fullArm, fullSetting, overLengths, quickArm, type Study, sizesOf } from "./study";

/** Studies of pretrained students, and of the stages after a student's own training. */

const funmatchSource = "Beyer et al. 2022, A good teacher is patient and consistent";
const ssldSource = "Cui et al. 2021, Beyond Self-Supervision (SSLD), and the PaddleClas documentation";

const sgd = { learningRate: 0.2, teacherLearningRate: 0.2 } as const;
const labeled = { optimiser: sgd } as const;
/** Small networks need less weight decay than their teachers (docs/methods.md §3). */
const decays = { weightDecay: 4e-5, teacherDecay: "own", teacherWeightDecay: 1e-4 } as const;
const pretrained = { from: "supervised", images: "normal", steps: 300 } as const;

const distilled = { from: "distilled", images: "normal", steps: 300, rateShare: 1 } as const;
const rates = (layerRates: "uniform" | "resnet" | "detection") => ({ optimiser: { ...sgd, layerRates } });

const starts = [
  { ...rates("uniform"), name: "Plain" },
  { ...rates("uniform"), name: "Pretrained", start: pretrained },
  { ...rates("uniform"), name: "Distilled", start: distilled },
] as const satisfies readonly ArmInput[];
const encoders: readonly NonNullable<ArmInput>[] = [
  ...starts,
  { ...rates("resnet"), name: "Distilled, 0.1 to 0.3", start: distilled },
  { ...rates("detection"), name: "Distilled, 0.05 to 0.15", start: distilled },
];
/** Among them the three of the documentation: pretrained at equal and at slow rates, and distilled at slow ones. */
const detectors: readonly NonNullable<ArmInput>[] = [
  ...starts,
  { ...rates("detection"), name: "Pretrained, 0.05 to 0.15", start: pretrained },
  { ...rates("detection"), name: "Distilled, 0.05 to 0.15", start: distilled },
];

const transferTexts = {
  source: ssldSource,
  asks: "A classifier on a small set of images whose encoder starts from random numbers, from pretraining on other images, or from distillation there, with three lists of layer rates.",
  expects: "Distilled encoders lead; with few images, slower early layers help.",
  refutedBy: "The plain start doing equally well over several seeds.",
} as const;

/** A grid of starts and lists of rates on one small target (docs/methods.md §9). */
function transferTo(dataset: NonNullable<Study["quick"]["dataset"]>): Pick<Study, "quick" | "full"> {
  const { quick, full } = sizesOf(
    encoders.map((arm) => ({ ...arm, scheme: { method: "supervised" } as const })),
  );
  return { quick: { ...quick, dataset }, full: { ...full, dataset: { ...dataset, resolution: 32 } } };
}

export const transferStudies: readonly Study[] = [
  {
    id: "pretrained-init",
    name: "Function matching: a pretrained student",
    source: funmatchSource,
    asks: "Function matching from random numbers and from a student pretrained on other images, for two lengths of training.",
    expects:
      "The pretrained student starts faster; in the long runs the other one catches up or overtakes it.",
    refutedBy: "No head start, or one that lasts.",
    ...(() => {
      const arms: readonly ArmInput[] = [
        { ...labeled, name: "From scratch", scheme: { method: "funmatch" } },
        { ...labeled, name: "Pretrained", scheme: { method: "funmatch" }, start: pretrained },
      ];
      return {
        quick: { arms: overLengths(arms, { ...quickArm, steps: 200 }, [1, 4]) },
        full: { ...fullSetting, seeds: [1, 2, 3], arms: overLengths(arms, fullArm, [1, 4]) },
      };
    })(),
  },
  {
    id: "loaded-rates",
    name: "SSLD: rates and weight decay of a loaded student",
    source: ssldSource,
    asks: "SSLD from scratch, and from a loaded student at the full rate, a tenth and a hundredth of it; each network has its own weight decay.",
    expects: "A loaded student does best at a tenth or a hundredth of the rate.",
    refutedBy: "The full rate ahead for the loaded student over several seeds.",
    ...sizesOf(
      (
        [
          { name: "From scratch" },
          { name: "Loaded, full rate", start: pretrained },
          { name: "Loaded, a tenth", start: { ...pretrained, rateShare: 0.1 } },
          { name: "Loaded, a hundredth", start: { ...pretrained, rateShare: 0.01 } },
        ] as const satisfies readonly ArmInput[]
      ).map((arm) => ({ ...arm, scheme: { method: "ssld" }, optimiser: { ...sgd, ...decays } })),
    ),
  },
  {
    id: "ssld-unlabelled",
    name: "SSLD: images without labels",
    source: ssldSource,
    asks: "Three quarters of the labels are withheld. Labels alone; SSLD on the labeled images; with the images that the teacher is surest of; with all images; and fine-tuned on the labeled ones.",
    expects: "Unlabeled images help; fine-tuning adds a little.",
    refutedBy: "No gain over SSLD on the labeled images alone.",
    figures: {
      setting: "ImageNet top-1 of MobileNetV3-large",
      columns: ["step", "top-1"],
      rows: [
        ["SSLD, 360 epochs", "77.1"],
        ["with 4 million unlabeled images", "78.5"],
        ["fine-tuned", "78.9"],
      ],
      caveats: [
        "There the pool was ImageNet-22k; here it consists of images of the same kind whose labels are withheld.",
        "Copies of held-out images are found by difference hashes here; PaddleClas matched SIFT features.",
      ],
    },
    ...(() => {
      const arms = (
        [
          { name: "Labels", scheme: { method: "supervised" } },
          { name: "SSLD", scheme: { method: "ssld" } },
          { name: "Surest images", scheme: { method: "ssld", pool: "selected", perClass: 150 } },
          { name: "All images", scheme: { method: "ssld", pool: "whole" } },
          { name: "All, fine-tuned", scheme: { method: "ssld", pool: "whole", fineTune: 0.1 } },
        ] as const satisfies readonly ArmInput[]
      ).map((arm) => ({ ...labeled, ...arm }));
      const { quick, full } = sizesOf(arms);
      const { dataset } = fullSetting;
      return {
        quick: { ...quick, dataset: { source: "shapes", unlabelled: 0.75 } },
        full: { ...full, dataset: { ...dataset, unlabelled: 0.75 } },
      } as const;
    })(),
  },
  {
    id: "fix-strategy",
    name: "SSLD: fine-tuning and the Fix strategy",
    source: ssldSource,
    asks: "SSLD alone, with its last steps at a hundredth of the rate, and with the classifier then retrained on larger images.",
    expects:
      "Evaluated on larger images, the network is a little better, and better still with a classifier trained on them.",
    refutedBy: "A classifier that does no better at the larger size.",
    figures: {
      setting: "ImageNet top-1 of ResNet-50, trained at 224 pixels",
      columns: ["step", "top-1"],
      rows: [
        ["evaluated at 224", "82.99"],
        ["evaluated at 320", "83.7"],
        ["classifier trained at 320", "84.0"],
      ],
      caveats: [
        "The PaddleClas documentation says 1.15 times as large, but its own run went from 224 to 320 pixels, 1.43 times.",
        "Here the larger images are upscaled and contain no new detail.",
      ],
    },
    ...sizesOf(
      (
        [
          { name: "SSLD", scheme: { method: "ssld" } },
          { name: "Fine-tuned", scheme: { method: "ssld", fineTune: 0.1 } },
          { name: "Fine-tuned, Fix", scheme: { method: "ssld", fineTune: 0.1 }, fixSteps: 100 },
        ] as const satisfies readonly ArmInput[]
      ).map((arm) => ({ ...labeled, ...arm })),
    ),
  },
  {
    id: "transfer-hard-shapes",
    name: "Transfer: distilled encoders on hard Shapes",
    ...transferTexts,
    ...transferTo({ source: "shapes", difficulty: "hard", train: 1_000 }),
  },
  {
    id: "transfer-digits",
    name: "Transfer: distilled encoders on digits",
    ...transferTexts,
    ...transferTo({ source: "files", name: "MNIST", hub: "ylecun/mnist", rows: 6_000, perClass: 100 }),
  },
  {
    id: "detection-transfer",
    name: "Transfer: detection",
    source: ssldSource,
    asks: "A detector whose encoder starts from random numbers, from supervised pretraining or from distillation, with equal layer rates and with slower early layers.",
    expects: "The distilled encoder leads, and slower early layers help it.",
    refutedBy: "The plain start ahead, or a list that hurts a loaded encoder.",
    figures: {
      setting: "COCO mAP of Faster R-CNN on ResNet-50",
      quantity: "other",
      columns: ["encoder (ImageNet top-1), layer rates", "mAP"],
      rows: [
        ["79.12 %, equal", "34.8"],
        ["79.12 %, slower early layers", "34.3"],
        ["distilled, 82.18 %, slower early layers", "36.3"],
      ],
      caveats: [
        "The documentation's text gives the slow list as .05, .05, .05, .1, .15, its table as .05, .05, .1, .1, .15.",
      ],
    },
    ...sizesOf(
      detectors.map((arm) => ({ ...arm, scheme: { method: "detection" } as const })),
      { quick: { student: { network: "R18", width: 0.125 } } },
    ),
  },
];
