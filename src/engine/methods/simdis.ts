import * as tf from "@tensorflow/tfjs-core";
import type { Pair } from "../math/pair";
import { sumOf } from "../math/sum";
import type { Target } from "../math/target";
import { pairedDistance } from "../operations/regression-distance/paired-distance";

/** The paper's seven target views of a student's view v, in its order: S-v′, Ŝ-v, Ŝ-v′, T-v, T-v′, T̂-v, T̂-v′. */
export const targetViews = {
  1: { network: "student", crossed: true },
  2: { network: "momentumStudent", crossed: false },
  3: { network: "momentumStudent", crossed: true },
  4: { network: "teacher", crossed: false },
  5: { network: "teacher", crossed: true },
  6: { network: "momentumTeacher", crossed: false },
  7: { network: "momentumTeacher", crossed: true },
} as const;

export type TargetView = keyof typeof targetViews;
export type TargetNetwork = (typeof targetViews)[TargetView]["network"];

/** The networks that must be run forward for a choice of target views. */
export function networksNeeded(views: readonly TargetView[]): ReadonlySet<TargetNetwork> {
  return new Set(views.map((view) => targetViews[view].network));
}

/**
 * One term per chosen target view i, each in [0, 8]: mean_batch[ℓ(q_i(z_S(v)), t_i(v)) + ℓ(q_i(z_S(v′)), t_i(v′))]
 * (docs/methods.md §1.2).
 *
 * @param predict applies the predictor of target view i to the student's projections, [batch, d] → [batch, d]
 * @param targets projections of the networks that {@link networksNeeded} names, with stopped gradients
 * @throws Error if a chosen view's network is missing
 */
export function simdisTerms(
  views: readonly TargetView[],
  predict: (view: TargetView) => Pair<tf.Tensor2D>,
  targets: Partial<Record<TargetNetwork, Pair<Target>>>,
): tf.Scalar[] {
  return views.map((view) => {
    const { network, crossed } = targetViews[view];
    const projections = targets[network];
    if (!projections) throw new Error(`Target view ${view} needs the projections of the ${network}.`);
    return pairedDistance(predict(view), projections, crossed);
  });
}

/**
 * The student's loss: the mean of the terms. With view 3 alone it is BYOL's, bit for bit.
 * @throws Error without a term
 */
export function meanOfTerms(terms: readonly tf.Scalar[]): tf.Scalar {
  const [first, ...others] = terms;
  if (!first) throw new Error("SimDis needs at least one target view.");
  return others.length === 0 ? first : tf.div(sumOf(terms), terms.length);
}
