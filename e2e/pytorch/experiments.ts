import type { ExperimentInput } from "../../src/protocol/experiment";

/** Experiments whose first steps are replayed in PyTorch: every method there, networks, optimizers and views. */

type Arm = NonNullable<ExperimentInput["arms"]>[number];

const networks = {
  student: { network: "R8", width: 0.125 },
  teacher: { network: "R8", width: 0.25 },
} as const;
const lengths = { steps: 200, teacherSteps: 2 } as const;
const contrast = { learningRate: 0.1, teacherLearningRate: 0.1 } as const;
const labels = { learningRate: 0.2, teacherLearningRate: 0.2 } as const;

const arm = (name: string, scheme: NonNullable<Arm["scheme"]>, others: Partial<Arm> = {}): Arm => ({
  ...networks,
  ...lengths,
  name,
  scheme,
  ...others,
});

const shared = {
  dataset: { source: "shapes", train: 200, test: 100 },
  batchSize: 16,
  evaluation: { everySteps: 25 },
  seeds: [1],
} as const satisfies ExperimentInput;

/** Every method with its usual settings. */
const usualArms: ExperimentInput = {
  ...shared,
  arms: [
    arm("BYOL", { method: "byol" }),
    arm("SimDis-Off", { method: "simdis-off" }),
    arm("SimDis-On, seven target views", { method: "simdis-on", targets: [1, 2, 3, 4, 5, 6, 7] }),
    arm("MoCo-v2", { method: "moco", queue: 64, normGroups: 4 }, { optimiser: contrast }),
    arm("SEED", { method: "seed", queue: 64 }, { optimiser: contrast }),
    arm("Supervised", { method: "supervised" }, { optimiser: labels }),
    arm("KD", { method: "kd" }, { optimiser: labels }),
    arm("DML, three members", { method: "dml", members: 3 }, { optimiser: labels }),
  ],
};

const otherView = { blurProbability: 0.5, rotation: 15, policy: "randAugment", hueSpace: "hsv" } as const;

/** Other forms of the methods, other networks, all other optimizers, and all that a view can do. */
const otherArms: ExperimentInput = {
  ...shared,
  views: { first: otherView, second: { blurProbability: 0.5 } },
  arms: [
    arm(
      "SSLD, AutoAugment",
      { method: "ssld", divergence: "trueJS", autoAugment: true },
      { optimiser: labels, student: { network: "ViT", width: 0.5 } },
    ),
    arm(
      "DML, one after the other, AdamW",
      { method: "dml", members: 2, order: "sequential", peers: "teacher" },
      { optimiser: { ...labels, kind: "adamw", learningRate: 0.01 } },
    ),
    arm(
      "MoCo-v2, both directions, Nesterov",
      { method: "moco", queue: 96, normGroups: 4, symmetric: true },
      { optimiser: { ...contrast, nesterov: true } },
    ),
    arm(
      "SEED, patches, Adam",
      { method: "seed", queue: 64, patches: 2, teacherMethod: "byol" },
      { optimiser: { ...contrast, kind: "adam", learningRate: 0.02 } },
    ),
    arm(
      "SimDis-On, two heads, LARS",
      { method: "simdis-on", targets: [1, 3, 4, 7], heads: "two" },
      { optimiser: { kind: "lars" } },
    ),
    arm(
      "BYOL, MobileNet, LARS (solo)",
      { method: "byol" },
      {
        optimiser: { kind: "lars", larsRule: "solo", clip: "global" },
        student: { network: "MBV3s", width: 0.5 },
      },
    ),
    arm(
      "KD (Hinton), R26b, Shampoo",
      { method: "kd", scaling: "hinton", teacherBatchNorm: "train" },
      {
        optimiser: {
          ...labels,
          kind: "shampoo",
          learningRate: 0.05,
          decayed: "weights",
          clip: "each",
          layerRates: "resnet",
          teacherDecay: "own",
        },
        student: { network: "R26b", width: 0.125 },
      },
    ),
    arm("SimDis-Off, running statistics", {
      method: "simdis-off",
      teacherBatchNorm: "eval",
      targets: [2, 4, 5, 6],
    }),
  ],
};

/** On the other built-in images: what the two above leave out. */
const onTextures: ExperimentInput = {
  ...shared,
  dataset: { ...shared.dataset, source: "textures" },
  arms: [
    arm("SSLD, Textures", { method: "ssld" }, { optimiser: labels }),
    arm(
      "SSLD, standardized logits, Textures",
      { method: "ssld", divergence: "KL", standardized: true },
      { optimiser: labels },
    ),
    arm("KD, standardized logits, Textures", { method: "kd", standardized: true }, { optimiser: labels }),
    arm("BYOL, Textures", { method: "byol" }),
  ],
};

export const experiments = {
  "usual settings": usualArms,
  "other settings": otherArms,
  Textures: onTextures,
} as const satisfies Readonly<Record<string, ExperimentInput>>;
