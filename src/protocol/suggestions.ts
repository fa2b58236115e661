import { longestQueue } from "./combinations";
import type { Arm, Experiment, ExperimentInput } from "./experiment";
import { methods, type SchemeMethod } from "./methods/methods";
import { publishedGroups } from "./methods/shared/norm-groups";
import { methodOf } from "./schemes";

/** Settings that were seen to learn (docs/search.md), for the presets and the search that looks for better ones. */

type ViewInput = NonNullable<NonNullable<ExperimentInput["views"]>["first"]>;

const both = <const View extends ViewInput>(view: View) => ({ first: view, second: view });

/**
 * Views of the built-in textures for learning without labels: hue covers the full range, or color alone identifies the views,
 * and brightness does not clip the pattern away.
 */
export const textureViews = both({
  scale: { min: 0.5, max: 1 },
  brightness: 0.4,
  contrast: 0.4,
  saturation: 0.4,
  hue: 0.5,
  solarizeProbability: 0,
});

/** Mild views for learning from labels or from a supervised teacher: crop and flip only. */
export const mildViews = both({
  scale: { min: 0.5, max: 1 },
  jitterProbability: 0,
  grayscaleProbability: 0,
  solarizeProbability: 0,
});

/** Views of photographs of 32 px for learning without labels. */
export const photographViews = both({ brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 });

/** A small student and a teacher of twice its width, which learns as long as the student. */
export const smallPair = {
  student: { network: "R8", width: 0.125 },
  teacher: { network: "R8", width: 0.25 },
  steps: 400,
  teacherSteps: 400,
  optimiser: { learningRate: 1, teacherLearningRate: 0.5 },
  warmup: 0.3,
  tau0: 0.9,
} as const;

/** Small batches and more steps learn more than large ones at equal compute. */
export const SMALL_BATCH = 32;

/** Rates for learning from labels with a few hundred steps. Per 256 images: a step of 32 has an eighth of them. */
export const labeledRates = {
  optimiser: { kind: "adamw", learningRate: 0.03, teacherLearningRate: 0.03 },
  warmup: 0.1,
} as const;

/**
 * What is suggested in place of a scheme's defaults: batch norm groups of the published size, for methods that have groups. A link
 * that names no groups means eight, however few images that leaves in each.
 */
export const suggestedGroups = (method: SchemeMethod, batchSize: number): { readonly normGroups?: number } =>
  "normGroups" in methods[method].knobs ? { normGroups: publishedGroups(batchSize) } : {};

/** A queue as long as the scheme's, or as long as the batch and the built-in images allow. */
export function suggestedQueue(
  scheme: Arm["scheme"],
  { batchSize, dataset }: Pick<Experiment, "batchSize" | "dataset">,
): { readonly queue?: number } {
  const [queue] = methodOf(scheme).queues(scheme, batchSize);
  if (!queue) return {};
  const most = Math.min(queue.entries, longestQueue(dataset));
  return { queue: Math.floor(most / batchSize) * batchSize };
}

type ArmInput = NonNullable<NonNullable<ExperimentInput["arms"]>[number]>;

/** An arm with the suggested groups, where its method has groups and the arm names none. */
export const withSuggestedGroups = <Given extends ArmInput>(arm: Given, batchSize: number): Given =>
  arm.scheme ? { ...arm, scheme: { ...suggestedGroups(arm.scheme.method, batchSize), ...arm.scheme } } : arm;
