import type * as tf from "@tensorflow/tfjs-core";
import { PortableOptimiser } from "./portable";
import type { Optimiser, ParameterSet, UpdateRule } from "./rules";
import { ShampooOptimiser } from "./shampoo/in-place";
import { SlabOptimiser } from "./slab";
import type { ScalarName, StepInputs } from "./step-inputs";

export type { Optimiser, UpdateRule } from "./rules";

/** Plain SGD; momentum and weight decay are left to the caller. */
export const plainSgd = {
  kind: "sgd",
  larsRule: "simdis",
  nesterov: false,
  decayed: "all",
  clip: "none",
  clipNorm: 1,
} as const satisfies Partial<UpdateRule>;

/** Creates the optimizer of a rule. `rate` is the scalar of `inputs` that holds its learning rate. Dispose the result. */
export function createOptimiser(
  stores: readonly ParameterSet[],
  rule: UpdateRule,
  inputs: StepInputs,
  rate: ScalarName,
): Optimiser {
  if (rule.kind === "shampoo") return new ShampooOptimiser(stores, rule, inputs, rate);
  const flats = stores.flatMap(({ flat }): tf.Tensor1D[] => (flat ? [flat] : []));
  return flats.length === stores.length
    ? new SlabOptimiser(stores, rule, inputs, rate)
    : new PortableOptimiser(stores, rule, inputs, rate);
}
