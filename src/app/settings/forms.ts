import type { ViewRecipe } from "../../protocol/experiment";
import type { FieldPath } from "../../protocol/field-path";

/** Settings of each form, in reading order. A test checks that each setting is in exactly one of them. */

export const drawnForm: readonly FieldPath[] = [
  ["dataset", "difficulty"],
  ["dataset", "resolution"],
  ["dataset", "train"],
  ["dataset", "test"],
  ["dataset", "labelNoise"],
];

export const filesForm: readonly FieldPath[] = [
  ["dataset", "resolution"],
  ["dataset", "detail"],
  ["dataset", "perClass"],
  ["dataset", "validation"],
  ["dataset", "test"],
  ["dataset", "labelNoise"],
];

export const sharedForm: readonly FieldPath[] = [["seeds"], ["batchSize"]];

export const evaluationForm: readonly FieldPath[] = [
  ["evaluation", "everySteps"],
  ["evaluation", "images"],
  ["evaluation", "part"],
  ["evaluation", "probe"],
  ["evaluation", "knnNeighbours"],
  ["evaluation", "knnTemperature"],
];

const ofArm = (index: number, paths: readonly FieldPath[]): readonly FieldPath[] =>
  paths.map((path) => ["arms", index, ...path]);

export const networksForm = (index: number) =>
  ofArm(index, [
    ["student", "network"],
    ["student", "width"],
    ["teacher", "network"],
    ["teacher", "width"],
  ]);

/** Below the choice of a start and its file. */
export const startForm = (index: number) =>
  ofArm(index, [
    ["start", "images"],
    ["start", "steps"],
    ["start", "rateShare"],
    ["optimiser", "layerRates"],
    ["fixSteps"],
  ]);

export const optimizerForm = (index: number) =>
  ofArm(index, [
    ["steps"],
    ["teacherSteps"],
    ["answers"],
    ["answerEpochs"],
    ["optimiser", "kind"],
    ["optimiser", "larsRule"],
    ["optimiser", "nesterov"],
    ["optimiser", "learningRate"],
    ["optimiser", "teacherLearningRate"],
    ["optimiser", "momentum"],
    ["optimiser", "weightDecay"],
    ["optimiser", "teacherDecay"],
    ["optimiser", "teacherWeightDecay"],
    ["optimiser", "decayed"],
    ["optimiser", "clip"],
    ["optimiser", "clipNorm"],
    ["schedule"],
    ["warmup"],
    ["tau0"],
  ]);

/** In the order in which the operations are applied. */
const viewSettings: readonly (keyof ViewRecipe)[] = [
  "scale",
  "rotation",
  "flipProbability",
  "jitterProbability",
  "brightness",
  "contrast",
  "saturation",
  "hue",
  "hueSpace",
  "grayscaleProbability",
  "blurProbability",
  "blurSigma",
  "solarizeProbability",
  "policy",
];

/** @param views path of both views: the experiment's, or an arm's */
export function viewForm(views: FieldPath, side: "first" | "second", { policy }: ViewRecipe) {
  const drawn = policy === "randAugment" ? (["randAugmentOperations", "randAugmentMagnitude"] as const) : [];
  return [...viewSettings, ...drawn].map((name): FieldPath => [...views, side, name]);
}
