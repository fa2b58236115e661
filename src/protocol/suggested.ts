import type { ExperimentInput } from "./experiment";
import type { SchemeMethod } from "./schemes";

/**
 * What to start from when a scheme is chosen: rates that suit its loss, see docs/methods.md §3.3, raised where runs of a
 * few hundred steps need it. A schema has one default for all schemes, and that is BYOL's: under it the head of a
 * contrastive network, which has no batch norm, dies within a few steps.
 */
type ArmInput = NonNullable<ExperimentInput["arms"]>[number];
type Suggestion = Pick<NonNullable<ArmInput>, "optimiser" | "schedule" | "warmup" | "tau0">;

/** Schemes of a group want the same rates. */
export type SchemeGroup = "regression" | "contrast" | "labels" | "binary" | "clusters";

const groups: Readonly<Record<SchemeMethod, SchemeGroup>> = {
  byol: "regression",
  "simdis-off": "regression",
  "simdis-on": "regression",
  moco: "contrast",
  seed: "contrast",
  compress: "contrast",
  s2bnn: "binary",
  dino: "clusters",
  supervised: "labels",
  kd: "labels",
  dml: "labels",
  funmatch: "labels",
  ssld: "labels",
  detection: "labels",
};

const suggestions: Readonly<Record<SchemeGroup, Suggestion>> = {
  regression: {},
  contrast: { optimiser: { learningRate: 0.1, teacherLearningRate: 0.1 }, warmup: 0.1 },
  labels: { optimiser: { learningRate: 0.2, teacherLearningRate: 0.2 }, warmup: 0.1 },
  binary: {
    optimiser: { kind: "adam", learningRate: 3e-3, teacherLearningRate: 3e-3, weightDecay: 0 },
    schedule: "linear",
  },
  clusters: { optimiser: { learningRate: 0.1, teacherLearningRate: 0.1 }, warmup: 0.1 },
};

export const schemeGroupOf = (method: SchemeMethod): SchemeGroup => groups[method];

export function suggestionFor(method: SchemeMethod): Suggestion {
  return suggestions[groups[method]];
}
