import * as tf from "@tensorflow/tfjs-core";
import { klDivergence, logProbabilities } from "../math/divergences";
import type { Target } from "../math/target";
import { supervisedLoss } from "./supervised";

export interface KdSettings {
  /** Weight of the teacher's term, in [0, 1]; the labels' has the rest. At 0 this is the supervised loss. */
  readonly alpha: number;
  /** τ; the article gives none. */
  readonly temperature: number;
  /**
   * `article`: no factor, so the teacher's gradient shrinks with about τ². `hinton`: the factor τ² that makes up for it.
   */
  readonly scaling: "article" | "hinton";
}

export const kdDefaults: KdSettings = { alpha: 0.5, temperature: 4, scaling: "article" };

/**
 * (1 − α) mean H(y, p_s) + α [τ²] mean D(p_t^τ, p_s^τ). Hinton et al. 2015, §2; METHODS §1.8.
 * Shapes: [batch, classes] logits twice, [batch] integer labels → scalar ≥ 0.
 */
export function kdLoss(
  student: tf.Tensor2D,
  teacher: Target,
  labels: tf.Tensor1D,
  { alpha, temperature, scaling }: KdSettings = kdDefaults,
): tf.Scalar {
  const logP = logProbabilities(teacher, temperature);
  const logQ = logProbabilities(student, temperature);
  const scale = scaling === "hinton" ? temperature ** 2 : 1;
  const imitation = tf.mul(scale, tf.mean(klDivergence(logP, logQ)));
  return tf.add(tf.mul(1 - alpha, supervisedLoss(student, labels)), tf.mul(alpha, imitation));
}
