import {
  type ArmInput,
  adamW,
  fullArm,
  fullSetting,
  labeled,
  overLengths,
  quickArm,
  type Study,
  sizesOf,
} from "./study";

/** Studies of distillation between networks that learn from labels. */

/** The DML article of docs/methods.md §7. */
const dmlSource = "a web article on deep mutual learning with Fashion-MNIST, after Zhang et al. 2018";
const ssldSource = "Cui et al. 2021, Beyond Self-Supervision (SSLD), and the PaddleClas documentation";

const cohort = (
  optimiser: NonNullable<NonNullable<ArmInput>["optimiser"]>,
  schedule: "constant" | "oneCycle",
) => {
  const shared = { optimiser, schedule, warmup: 0.1 } as const;
  return [
    { ...shared, name: "Baseline", scheme: { method: "supervised" } },
    {
      ...shared,
      name: "KD, teacher R18",
      scheme: { method: "kd" },
      teacher: { network: "R18", width: 0.125 },
    },
    {
      ...shared,
      name: "KD, teacher R50",
      scheme: { method: "kd" },
      teacher: { network: "R50", width: 0.125 },
    },
    { ...shared, name: "DML", scheme: { method: "dml" } },
  ] as const satisfies readonly ArmInput[];
};

/** The DML article's rates are per step, whatever the batch size; rates here are per 256 images. */
function cohortSizes(kind: "adam" | "adamw", rate: number, schedule: "constant" | "oneCycle") {
  const sizes = (batchSize: number) => {
    const learningRate = (rate * 256) / batchSize;
    const optimiser = {
      kind,
      learningRate,
      teacherLearningRate: learningRate,
      weightDecay: kind === "adam" ? 0 : 1e-4,
    };
    return sizesOf(cohort(optimiser, schedule), { seeds: [1, 2, 3, 4, 5] });
  };
  return { quick: sizes(quickBatch).quick, full: sizes(fullSetting.batchSize).full };
}
const quickBatch = 64;

const fashion = "Fashion-MNIST top-1, batch 1024, 100 epochs, mean of five runs";

export const labelStudies: readonly Study[] = [
  {
    id: "dml-figure-4a",
    name: "Mutual learning under Adam at a constant 0.01",
    source: dmlSource,
    asks: "A baseline, KD from two teachers, and a cohort, over five seeds.",
    expects: "Members of the cohort crash to chance in some seeds; baseline and KD do not.",
    refutedBy: "No crash in five seeds, or crashes of the baseline as well.",
    figures: {
      setting: fashion,
      columns: ["baseline", "KD", "DML, best student"],
      rows: [["> 89", "89.5", "82.6"]],
      caveats: [
        "Public figures for the dataset are 91.5 to 95, so all of these are low.",
        "The article gives neither the temperature nor the number of members.",
      ],
    },
    ...cohortSizes("adam", 0.01, "constant"),
  },
  {
    id: "dml-figure-4b",
    name: "Mutual learning under AdamW in one cycle",
    source: dmlSource,
    asks: "The same arms with AdamW, whose rate peaks at 0.005 after a tenth of the steps.",
    expects: "No member crashes in five seeds.",
    refutedBy: "A crash.",
    figures: {
      setting: fashion,
      columns: ["all methods"],
      rows: [["87 to 89"]],
      caveats: ["The article gives only the peak and its position; the rise and the fall are assumed."],
    },
    ...cohortSizes("adamw", 0.005, "oneCycle"),
  },
  {
    id: "mobilenet-pair",
    name: "A large MobileNet teaches a small one",
    source: ssldSource,
    asks: "The small network trained with labels, and by SSLD from the large one of its family, with and without fine-tuning.",
    expects: "A teacher of the same family helps.",
    refutedBy: "Labels alone ahead over several seeds.",
    ...sizesOf(
      (
        [
          { name: "Labels", scheme: { method: "supervised" } },
          { name: "SSLD", scheme: { method: "ssld" } },
          { name: "SSLD, fine-tuned", scheme: { method: "ssld", fineTune: 0.1 } },
        ] as const satisfies readonly ArmInput[]
      ).map((arm) => ({ ...arm, optimiser: adamW })),
      {
        quick: { student: { network: "MBV3s", width: 0.5 }, teacher: { network: "MBV3l", width: 0.5 } },
        full: { student: { network: "MBV3s", width: 1 }, teacher: { network: "MBV3l", width: 1 } },
      },
    ),
  },
  {
    id: "ssld-divergences",
    name: "SSLD: which divergence?",
    source: ssldSource,
    asks: "Half of Jeffreys' divergence, Jensen–Shannon, KL and soft cross-entropy, compared with labels.",
    expects: "KL and soft cross-entropy give the same curves up to rounding; the others differ.",
    refutedBy: "Curves of KL and soft cross-entropy that diverge.",
    ...sizesOf([
      { ...labeled, name: "Labels", scheme: { method: "supervised" } },
      ...(["paddleJS", "trueJS", "KL", "CEsoft"] as const).map(
        (divergence): ArmInput => ({ ...labeled, name: divergence, scheme: { method: "ssld", divergence } }),
      ),
    ]),
  },
  {
    id: "ssld-ladder",
    name: "SSLD: better teacher, divergence, longer training",
    source: ssldSource,
    asks: "The documentation's improvements that need no further images: teacher, divergence, three times the training.",
    expects: "Each improvement adds a little.",
    refutedBy: "Improvements without effect over several seeds.",
    figures: {
      setting: "ImageNet top-1 of MobileNetV3-large",
      columns: ["step", "top-1"],
      rows: [
        ["soft cross-entropy, teacher 79.12", "75.6"],
        ["teacher 82.35", "76.0"],
        ["JS", "76.2"],
        ["360 instead of 120 epochs", "77.1"],
        ["4 million unlabeled images", "78.5"],
        ["fine-tuned", "78.9"],
      ],
      caveats: [
        "From labels alone the documentation reports 75.3. Unlabeled images and fine-tuning have a study of their own.",
      ],
    },
    ...sizesOf(({ steps, teacherSteps }) => {
      const kl = { method: "ssld", divergence: "KL" } as const;
      return [
        { ...labeled, name: "Labels", scheme: { method: "supervised" } },
        { ...labeled, name: "Small teacher", scheme: kl, teacherSteps: Math.round(teacherSteps / 3) },
        { ...labeled, name: "Better teacher", scheme: kl },
        { ...labeled, name: "JS", scheme: { method: "ssld" } },
        { ...labeled, name: "JS × 3", scheme: { method: "ssld" }, steps: 3 * steps },
      ];
    }),
  },
  {
    id: "ssld-teacher-norm",
    name: "SSLD: batch norm of the teacher, weight decay of each network",
    source: ssldSource,
    asks: "A frozen teacher normalized by the batch or by running statistics, and a student with a weight decay of its own or with its teacher's.",
    expects:
      "Batch statistics lead by little, and a small student does better with less decay than its teacher.",
    refutedBy: "Running statistics or the teacher's decay ahead over several seeds.",
    figures: {
      setting: "ImageNet top-1, PaddleClas documentation",
      columns: ["teacher's batch norm", "top-1"],
      rows: [
        ["batch statistics", "76.00"],
        ["running statistics", "75.84"],
      ],
      caveats: ["The table's rows have no labels; which figure belongs to which is taken from the text."],
    },
    ...sizesOf(
      (
        [
          { name: "Batch statistics", scheme: { method: "ssld" } },
          { name: "Running statistics", scheme: { method: "ssld", teacherBatchNorm: "eval" } },
          {
            name: "Less decay for the student",
            scheme: { method: "ssld" },
            optimiser: {
              ...labeled.optimiser,
              weightDecay: 4e-5,
              teacherDecay: "own",
              teacherWeightDecay: 5e-4,
            },
          },
        ] as const satisfies readonly ArmInput[]
      ).map((arm) => ({ ...labeled, ...arm })),
    ),
  },
  {
    id: "ssld-auto-augment",
    name: "SSLD: AutoAugment with half the weight decay",
    source: ssldSource,
    asks: "Plain SSLD, and SSLD with stronger augmentation of the student's images and half the weight decay.",
    expects: "AutoAugment adds a little, and more in the longer runs.",
    refutedBy: "SSLD without it ahead at both lengths over several seeds.",
    figures: {
      setting: "ImageNet top-1 of ResNet50_vd, PaddleClas documentation §3.4",
      columns: ["change", "top-1"],
      rows: [["AutoAugment, weight decay 4e-5 → 2e-5", "82.39 → 82.99"]],
      caveats: ["Both changes were made at once. The policy there is ImageNet's, here CIFAR-10's."],
    },
    ...(() => {
      const arms: readonly ArmInput[] = [
        { ...labeled, name: "SSLD", scheme: { method: "ssld" } },
        { ...labeled, name: "AutoAugment", scheme: { method: "ssld", autoAugment: true } },
      ];
      return {
        quick: { arms: overLengths(arms, quickArm, [1, 3]) },
        full: { ...fullSetting, seeds: [1, 2, 3], arms: overLengths(arms, fullArm, [1, 3]) },
      };
    })(),
  },
  {
    id: "teacher-gap",
    name: "How large may a teacher be?",
    source: ssldSource,
    asks: "Teachers of three sizes and two widths for one MobileNet.",
    expects:
      "A larger teacher helps up to a point: in the documentation, one with 84.2 % that is unlike the student did worse than one with 82.35 %.",
    refutedBy: "Gains that keep growing with the teacher.",
    ...sizesOf(
      [
        { name: "Labels", scheme: { method: "supervised" } } satisfies ArmInput,
        ...([0.25, 0.5] as const).flatMap((width) =>
          (["R8", "R18", "R50"] as const).map(
            (network): ArmInput => ({
              name: `${network} × ${width}`,
              scheme: { method: "ssld" },
              teacher: { network, width },
            }),
          ),
        ),
      ].map((arm) => ({ ...arm, optimiser: adamW })),
      {
        quick: { student: { network: "MBV3s", width: 0.5 } },
        full: { student: { network: "MBV3s", width: 1 } },
      },
    ),
  },
];
