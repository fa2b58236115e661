import type * as tf from "@tensorflow/tfjs-core";
import { PortableOptimizer } from "./portable";
import type { Optimizer, ParameterSet, UpdateRule } from "./rules";
import { ShampooOptimizer } from "./shampoo/in-place";
import { SlabOptimizer } from "./slab";
import type { ScalarName, StepInputs } from "./step-inputs";

export type { Optimizer, UpdateRule } from "./rules";

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
export function createOptimizer(
  stores: readonly ParameterSet[],
  rule: UpdateRule,
  inputs: StepInputs,
  rate: ScalarName,
): Optimizer {
  if (rule.kind === "shampoo") return new ShampooOptimizer(stores, rule, inputs, rate);
  const flats = stores.flatMap(({ flat }): tf.Tensor1D[] => (flat ? [flat] : []));
  return flats.length === stores.length
    ? new SlabOptimizer(stores, rule, inputs, rate)
    : new PortableOptimizer(stores, rule, inputs, rate);
}
