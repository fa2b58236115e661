import * as tf from "@tensorflow/tfjs-core";
import type { Target } from "./target";

/**
 * The square of the least norm, 1e-12. Shorter rows are divided by that norm (docs/methods.md §0), so that a zero row
 * has a finite gradient.
 */
export const leastSquare = 1e-24;

/** Scales rows to unit length: x / max(‖x‖₂, 1e-12). [n, d] → [n, d]. */
export function l2Normalize(x: tf.Tensor2D): tf.Tensor2D {
  const squared = tf.sum(tf.square(x), 1, true);
  return tf.mul(x, tf.rsqrt(tf.maximum(squared, leastSquare)));
}

/**
 * The squared distance of normalized rows, ‖n(p) − n(t)‖² = 2 − 2 cos(p, t), in [0, 4]. [n, d] × [n, d] → [n].
 * Grill et al. 2020 (BYOL), eq. 2.
 */
export function regressionDistance(prediction: tf.Tensor2D, goal: Target): tf.Tensor1D {
  return tf.sub(2, tf.mul(2, tf.sum(tf.mul(l2Normalize(prediction), l2Normalize(goal)), 1)));
}

/**
 * The cosines of each row with its own partner (column 0) and with every row of a queue: n(x)·[n(partner), queueᵀ].
 * [n, d] × [n, d] × [K, d] → [n, 1 + K].
 *
 * @param queue [K, d], rows of unit length
 */
export function candidateSimilarities(x: tf.Tensor2D, partner: Target, queue: Target): tf.Tensor2D {
  const unit = l2Normalize(x);
  const own = tf.sum(tf.mul(unit, l2Normalize(partner)), 1, true) as tf.Tensor2D;
  return tf.concat([own, tf.matMul(unit, queue, false, true)], 1);
}
