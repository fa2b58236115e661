import { methods } from "../methods/methods";
import { mildViews } from "../suggestions";
import { type ArmInput, fullArm, fullSetting, overLengths, quickArm, type Study, sizesOf } from "./study";

const source = "Gu, Liu, Tian 2021, Simple Distillation Baselines for Improving Small Self-supervised Models";
const all = [1, 2, 3, 4, 5, 6, 7] as const;

const threeSchemes: readonly ArmInput[] = [
  { name: "Off", scheme: { method: "simdis-off" } },
  { name: "On", scheme: { method: "simdis-on" } },
  { name: "On-7v", scheme: { method: "simdis-on", targets: [...all] } },
];

const subsets = [
  ["{3}", [3]],
  ["{3,4}", [3, 4]],
  ["{3,5}", [3, 5]],
  ["{3,6}", [3, 6]],
  ["{3,7}", [3, 7]],
  ["{3,4,5}", [3, 4, 5]],
  ["{3,6,7}", [3, 6, 7]],
  ["all", [...all]],
] as const;

const subsetArms = (method: "simdis-on" | "simdis-off"): ArmInput[] =>
  subsets.map(([name, targets]) => ({ name, scheme: { method, targets: [...targets] } }));

const tableTwo = {
  setting: "ImageNet top-1 of ResNet-18 after 100 epochs, no LARS, no synchronized batch norm; teacher 65.83",
  columns: ["views", "online", "offline", "target views"],
  rows: [
    ["1", "55.96", "–", "{3}"],
    ["2", "58.20", "59.67", "{3,4} ?"],
    ["2", "58.29", "62.08", "{3,5} ?"],
    ["2", "59.25", "59.72", "{3,6} ?"],
    ["2", "58.84", "62.66", "{3,7} ?"],
    ["3", "58.74", "62.06", "{3,4,5} ??"],
    ["3", "59.55", "63.27", "{3,6,7} ??"],
    ["5", "59.06", "59.12", "unknown"],
    ["7", "63.52", "63.14", "all"],
  ],
  caveats: [
    "The target views of a row are certain for the first and the last row only; the others are inferred.",
    "The published code overwrites the base learning rate of 0.05 that the paper gives.",
  ],
} as const;

/** The lengths of the paper's table, with seven targets at the two shorter ones: an experiment holds eight arms. */
const overThreeLengths = (base: ArmInput): ArmInput[] => [
  ...overLengths(threeSchemes, base, [1, 3], true),
  ...overLengths(threeSchemes.slice(0, 2), base, [10], true),
];

/** Teachers train as long as students; `times` is the compute of SimDis-Off in units of BYOL's. */
function equalCompute(base: ArmInput, times: number): ArmInput[] {
  const steps = base?.steps ?? 300;
  return [
    { ...base, name: "BYOL", scheme: { method: "byol" } },
    { ...base, name: "BYOL, same compute", scheme: { method: "byol" }, steps: Math.round(times * steps) },
    { ...base, name: "SimDis-Off", scheme: { method: "simdis-off" }, teacherSteps: steps },
  ];
}

export const simdisStudies: readonly Study[] = [
  {
    id: "simdis-table-1",
    name: "SimDis: does training longer close the gap?",
    source,
    asks: "Offline and online for three lengths of training, a tenth and three tenths of the longest; seven target views for the two shorter ones. Teachers train as long as students.",
    expects: "Offline clearly leads in short runs; online comes close in long ones, with less compute.",
    refutedBy: "A gap that does not shrink, or an online student that leads in short runs.",
    figures: {
      setting: "ImageNet top-1 of ResNet-18, teacher ResNet-50, linear evaluation",
      columns: ["epochs", "Off", "On", "On-7v"],
      rows: [
        ["100", "61.76", "58.08", "60.65"],
        ["300", "65.15", "64.49", "64.58"],
        ["1000", "67.18", "66.78", "66.14"],
      ],
      caveats: [
        "The paper counts single forward passes: Off costs 1.69 times On. Counted as trained, with teacher and student trained equally long, it is about 1.17 times.",
      ],
    },
    quick: { arms: overThreeLengths({ ...quickArm, steps: 100 }) },
    full: { ...fullSetting, seeds: [1, 2, 3], arms: overThreeLengths({ ...fullArm, steps: 1_000 }) },
  },
  {
    id: "simdis-table-2-online",
    name: "SimDis: which targets help online?",
    source,
    asks: "Subsets of the seven target views, with the teacher learning alongside.",
    expects: "All seven together lead every subset.",
    refutedBy: "A subset of two or three that does equally well over several seeds.",
    figures: tableTwo,
    ...sizesOf(subsetArms("simdis-on")),
  },
  {
    id: "simdis-table-2-offline",
    name: "SimDis: which targets help offline?",
    source,
    asks: "The same subsets with a frozen teacher.",
    expects:
      "Targets from the other view help, those from the same view hardly do: {3,5} and {3,7} lead {3,4} and {3,6}.",
    refutedBy: "Same-view targets that do equally well.",
    figures: tableTwo,
    ...sizesOf(subsetArms("simdis-off").slice(1)),
  },
  {
    id: "simdis-figure-3",
    name: "SimDis: methods compared",
    source,
    asks: "A supervised student, BYOL and MoCo-v2 without a teacher, and SEED and SimDis with one.",
    expects: "Distilled students lead those without a teacher; labels lead all.",
    refutedBy: "A student without a teacher that matches SimDis-Off.",
    ...sizesOf(
      [
        {
          ...methods.supervised.rates,
          name: "Supervised",
          scheme: { method: "supervised" },
          views: mildViews,
        },
        { name: "BYOL", scheme: { method: "byol" } },
        { ...methods.moco.rates, name: "MoCo-v2", scheme: { method: "moco" } },
        { ...methods.seed.rates, name: "SEED", scheme: { method: "seed" } },
        { name: "SimDis-Off", scheme: { method: "simdis-off" } },
        { name: "SimDis-On", scheme: { method: "simdis-on" } },
        { name: "SimDis-On-7v", scheme: { method: "simdis-on", targets: [...all] } },
      ],
      { quick: { teacherSteps: quickArm.steps } },
    ),
  },
  {
    id: "simdis-equal-compute",
    name: "SimDis: is a teacher worth its compute?",
    source,
    asks: "SimDis-Off against BYOL at equal steps, and against BYOL trained until it has used as much compute as SimDis-Off and its teacher.",
    expects: "SimDis-Off leads BYOL at equal steps; the paper does not say who leads at equal compute.",
    refutedBy: "BYOL at equal steps level with SimDis-Off.",
    quick: { arms: equalCompute(quickArm, 5.52) },
    full: { ...fullSetting, seeds: [1, 2, 3], arms: equalCompute(fullArm, 3.9) },
  },
  {
    id: "simdis-no-lars",
    name: "SimDis without LARS",
    source,
    asks: "Plain SGD against LARS, at ten times the paper's base rates of 0.05 and 0.3 because runs are short here.",
    expects: "Plain SGD trains to the end with an embedding spread above 0.3.",
    refutedBy: "A collapse: a spread near 0, and kNN accuracy at the untrained encoder's level.",
    ...sizesOf(
      (["sgd", "lars"] as const).flatMap((kind): ArmInput[] => {
        const optimiser =
          kind === "sgd"
            ? { kind, learningRate: 0.5, teacherLearningRate: 0.5, weightDecay: 1e-4 }
            : { kind, learningRate: 3, teacherLearningRate: 3, weightDecay: 1e-4 };
        return [
          { name: `BYOL, ${kind.toUpperCase()}`, scheme: { method: "byol" }, optimiser },
          { name: `SimDis-On, ${kind.toUpperCase()}`, scheme: { method: "simdis-on" }, optimiser },
        ];
      }),
    ),
  },
];
