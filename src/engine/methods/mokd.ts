import * as tf from "@tensorflow/tfjs-core";
import { sumOf } from "../math/sum";
import type { Target } from "../math/target";
import { softTargetCrossEntropy } from "../operations/softmax-losses/softmax-losses";
import { type DinoTemperatures, dinoLoss } from "./dino";

/** Logits of one kind of head for every view, the whole views first; [batch, P] each. */
export interface MokdOutputs {
  /** Of the head on pooled features. */
  readonly pooled: readonly tf.Tensor2D[];
  /** Of the transformer head. */
  readonly places: readonly tf.Tensor2D[];
}

/** A momentum copy's outputs of the whole views, and the running centers of both heads, [P] each. */
export interface MokdTargets {
  readonly pooled: readonly Target[];
  readonly places: readonly Target[];
  readonly pooledCenter: Target<tf.Tensor1D>;
  readonly placesCenter: Target<tf.Tensor1D>;
}

/** The terms of a member's loss, before weighting. */
export type MokdTerms = {
  /** DINO(s_i, ŝ_i). */
  readonly self: tf.Scalar;
  /** DINO on the transformer heads. */
  readonly places: tf.Scalar;
  /** DINO(s_i, ŝ_j). */
  readonly cross: tf.Scalar;
  readonly search: tf.Scalar;
};

/**
 * mean over patches and batch of H(softmax(found/τ_t), softmax(s/τ_s)), without a center. Song et al. 2023 (MOKD);
 * docs/methods.md §1.15. Shapes: [batch, P] for each patch → scalar ≥ 0.
 *
 * @param patches logits of the member's transformer head, one tensor for each patch
 * @param found logits of what each patch finds in the other's momentum copy
 */
export function searchLoss(
  patches: readonly tf.Tensor2D[],
  found: readonly Target[],
  temperatures: DinoTemperatures,
): tf.Scalar {
  const losses = patches.map((patch, at) =>
    tf.mean<tf.Scalar>(softTargetCrossEntropy(found[at] as Target, patch, temperatures)),
  );
  return tf.div(sumOf(losses), losses.length);
}

/**
 * The terms of a member's loss.
 *
 * @param own its outputs for all views
 * @param itself its own momentum copy's
 * @param other the other member's momentum copy's
 * @param found what each of its patches finds in that copy
 */
export function mokdTerms(
  own: MokdOutputs,
  itself: MokdTargets,
  other: MokdTargets,
  found: readonly Target[],
  temperatures: DinoTemperatures,
): MokdTerms {
  return {
    self: dinoLoss(own.pooled, itself.pooled, itself.pooledCenter, temperatures),
    places: dinoLoss(own.places, itself.places, itself.placesCenter, temperatures),
    cross: dinoLoss(own.pooled, other.pooled, other.pooledCenter, temperatures),
    search: searchLoss(own.places.slice(itself.places.length), found, temperatures),
  };
}

/** self + places + λ (cross + search). */
export const weighMokdTerms = ({ self, places, cross, search }: MokdTerms, weight: number): tf.Scalar =>
  tf.add(tf.add(self, places), tf.mul(weight, tf.add(cross, search)));
