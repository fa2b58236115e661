import * as tf from "@tensorflow/tfjs-core";
import { zScored, zScoredTarget } from "../math/standardize";
import type { Target } from "../math/target";
import { softmaxDivergence } from "../operations/softmax-losses/softmax-losses";
import { supervisedLoss } from "./supervised";

export interface KdSettings {
  /** The weight of the teacher's term, in [0, 1]; the labels' term has the rest. At 0 this is the supervised loss. */
  readonly alpha: number;
  /** τ. */
  readonly temperature: number;
  /**
   * `article`: no factor (the DML article, docs/methods.md §1.8), so the teacher's gradient shrinks with about τ².
   * `hinton`: the factor τ², which compensates for it.
   */
  readonly scaling: "article" | "hinton";
  /** Whether logits are standardized first; then the factor is always τ² (docs/methods.md §1.18). */
  readonly standardized?: boolean;
}

export const kdDefaults: KdSettings = { alpha: 0.5, temperature: 4, scaling: "article" };

/** The two terms of the loss, before weighting. */
export type KdTerms = {
  /** mean H(y, p_s). */
  readonly labels: tf.Scalar;
  /** [τ²] mean D(p_t^τ, p_s^τ). */
  readonly imitation: tf.Scalar;
};

/** The terms of KD, with shapes as for {@link kdLoss}. */
export function kdTerms(
  student: tf.Tensor2D,
  teacher: Target,
  labels: tf.Tensor1D,
  { temperature, scaling, standardized = false }: Omit<KdSettings, "alpha">,
): KdTerms {
  const [s, t] = standardized ? [zScored(student), zScoredTarget(teacher)] : [student, teacher];
  const divergence = softmaxDivergence(t, s, { teacher: temperature, student: temperature });
  const scale = standardized || scaling === "hinton" ? temperature ** 2 : 1;
  return {
    labels: supervisedLoss(student, labels),
    imitation: tf.mul(scale, tf.mean(divergence)),
  };
}

/** The weighted sum (1 − α) labels + α imitation. */
export function weighKdTerms({ labels, imitation }: KdTerms, alpha: number): tf.Scalar {
  return tf.add(tf.mul(1 - alpha, labels), tf.mul(alpha, imitation));
}

/**
 * (1 − α) mean H(y, p_s) + α [τ²] mean D(p_t^τ, p_s^τ). Hinton et al. 2015, §2; docs/methods.md §1.8.
 * Shapes: [batch, classes] logits twice, [batch] integer labels → scalar ≥ 0.
 */
export function kdLoss(
  student: tf.Tensor2D,
  teacher: Target,
  labels: tf.Tensor1D,
  settings: KdSettings = kdDefaults,
): tf.Scalar {
  return weighKdTerms(kdTerms(student, teacher, labels, settings), settings.alpha);
}
