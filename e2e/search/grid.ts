import type { Experiment, ExperimentInput } from "../../src/protocol/experiment";
import { methods } from "../../src/protocol/methods/methods";
import { type SchemeMethod, schemeMethods } from "../../src/protocol/schemes";
import {
  labeledRates,
  mildViews,
  photographViews,
  SMALL_BATCH,
  smallPair,
  textureViews,
} from "../../src/protocol/suggestions";

/** What a search trains: for each method a base, and changes to it, one at a time. */

/** In TFLOP: 2 operations per multiply-accumulate, all networks and stages of one run. */
export const budgets = [0.5, 5, 50] as const;

/**
 * None of these is reported on. Built-in images are drawn from another seed as well, so that no image on which a setting is
 * chosen is among those of the tables.
 */
export const searchSeeds = [101, 102, 103] as const;
const DATASET_SEED = 101;

export type SearchedImages = "textures" | "shapes" | { readonly photographs: string };

type ArmInput = NonNullable<ExperimentInput["arms"]>[number];
export type DatasetInput = NonNullable<ExperimentInput["dataset"]>;

export interface Settings {
  readonly batchSize: number;
  readonly views: NonNullable<ExperimentInput["views"]>;
  readonly arm: ArmInput;
}

export interface Candidate {
  readonly method: SchemeMethod;
  /** What differs from the base of its method, in words. */
  readonly change: string;
  /** What its steps cost. */
  readonly tflops: number;
  readonly experiment: Experiment;
}

/** Methods that a search leaves out: detection measures overlaps, not classes. */
export const searchedMethods = schemeMethods.filter((method) => method !== "detection");

const isLabeled = (method: SchemeMethod) => methods[method].needsLabels;

export function datasetOf(images: SearchedImages): DatasetInput {
  if (typeof images === "string") return { source: images, seed: DATASET_SEED };
  return { source: "files", name: images.photographs, resolution: 32, seed: DATASET_SEED };
}

export function baseOf(method: SchemeMethod, images: SearchedImages): Settings {
  const scheme = method === "kd" ? { method, scaling: "hinton" as const } : { method };
  const { rates } = methods[method];
  const wanted = isLabeled(method) ? labeledRates : rates;
  const optimiser = { ...smallPair.optimiser, ...("optimiser" in wanted ? wanted.optimiser : {}) };
  const unlabeledViews = typeof images === "string" ? textureViews : photographViews;
  return {
    batchSize: SMALL_BATCH,
    views: isLabeled(method) ? mildViews : unlabeledViews,
    arm: { ...smallPair, ...wanted, optimiser, name: methods[method].name, scheme } as ArmInput,
  };
}

type Change = readonly [words: string, (base: Settings) => Settings];

const withBatch = (batchSize: number): Change => [
  `batches of ${batchSize}`,
  (base) => ({ ...base, batchSize }),
];

const withRate = (factor: number): Change => [
  `rate × ${factor}`,
  (base) => {
    const { learningRate = 1 } = base.arm.optimiser ?? {};
    return {
      ...base,
      arm: { ...base.arm, optimiser: { ...base.arm.optimiser, learningRate: learningRate * factor } },
    };
  },
];

const withArm = (words: string, changed: Partial<ArmInput>): Change => [
  words,
  (base) => ({ ...base, arm: { ...base.arm, ...changed } }),
];

const withViews = (words: string, changed: NonNullable<Settings["views"]["first"]>): Change => [
  words,
  (base) => ({
    ...base,
    views: { first: { ...base.views.first, ...changed }, second: { ...base.views.second, ...changed } },
  }),
];

const unchanged: Change = ["base", (base) => base];

export function changesOf(method: SchemeMethod): readonly Change[] {
  const common: readonly Change[] = [
    unchanged,
    withBatch(16),
    withBatch(64),
    withRate(0.5),
    withRate(2),
    withArm("student × 0.25", { student: { network: "R8", width: 0.25 } }),
    withViews("crops from 0.3 of the area", { scale: { min: 0.3, max: 1 } }),
  ];
  if (isLabeled(method)) {
    return [
      ...common,
      withViews("jitter", { jitterProbability: 0.8, brightness: 0.4, contrast: 0.4, hue: 0.1 }),
    ];
  }
  return [
    ...common,
    withArm("warm-up 0.1", { warmup: 0.1 }),
    withArm("τ₀ 0.97", { tau0: 0.97 }),
    withViews("hue ± 0.1", { hue: 0.1 }),
    withViews("hue ± 0.5, jitter 0.2", { hue: 0.5, brightness: 0.2, contrast: 0.2, saturation: 0.2 }),
  ];
}

/** The candidate's experiment with one seed. */
export const seeded = ({ experiment }: Candidate, seed: number): Experiment => ({
  ...experiment,
  seeds: [seed],
});

/** The accuracy by which candidates are compared: a method's own classifier, or kNN where it trains none. */
export const measureOf = (method: SchemeMethod): "top1" | "knnTop1" =>
  methods[method].hasClassifier ? "top1" : "knnTop1";
