import * as v from "valibot";
import { type Experiment, type ExperimentInput, evaluatedAtPresent, experimentSchema } from "./experiment";
import { SMALL_BATCH, smallPair, textureViews } from "./suggestions";

/** Jitter that works on the easy images: hue must cover the full range, or color alone identifies the views. */
const easyView = { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.5, solarizeProbability: 0 };

const small = {
  student: { network: "R8", width: 0.125 },
  teacher: { network: "R8", width: 0.125 },
  steps: 100,
  teacherSteps: 200,
  optimiser: { learningRate: 1, teacherLearningRate: 1 },
  warmup: 0.3,
  tau0: 0.95,
} as const;

/** The default's four arms at a size feasible without a GPU: about 0.8 TFLOP, easy images of 16 px. */
export const smallExperiment: ExperimentInput = {
  dataset: { source: "shapes", difficulty: "easy" },
  views: { first: easyView, second: easyView },
  arms: [
    { ...small, name: "BYOL", scheme: { method: "byol" } },
    { ...small, name: "SimDis-Off", scheme: { method: "simdis-off" } },
    { ...small, name: "SimDis-On", scheme: { method: "simdis-on" } },
    { ...small, name: "SimDis-On-7v", scheme: { method: "simdis-on", targets: [1, 2, 3, 4, 5, 6, 7] } },
  ],
};

/**
 * What the page opens with: four arms on Textures, about 3 TFLOP. Links and files leave out what equals the schema's defaults,
 * which never change; this may.
 */
export const openingInput = {
  dataset: { source: "textures" },
  batchSize: SMALL_BATCH,
  views: textureViews,
  arms: [
    { ...smallPair, name: "BYOL", scheme: { method: "byol" } },
    { ...smallPair, name: "SimDis-Off", scheme: { method: "simdis-off" } },
    { ...smallPair, name: "SimDis-On", scheme: { method: "simdis-on" } },
    { ...smallPair, name: "SimDis-On-7v", scheme: { method: "simdis-on", targets: [1, 2, 3, 4, 5, 6, 7] } },
  ],
} as const satisfies ExperimentInput;

export const openingExperiment = (): Experiment =>
  v.parse(experimentSchema, evaluatedAtPresent(openingInput));
