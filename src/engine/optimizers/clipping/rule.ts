import * as tf from "@tensorflow/tfjs-core";
import { sumOf } from "../../math/sum";

/** The least norm to divide by, so that a zero gradient stays zero. */
export const leastNorm = 1e-12;

/**
 * Scales all gradients by min(1, limit / joint norm), which keeps their direction. Function matching clips at 1. Caller
 * owns the results.
 */
export function clipByGlobalNorm(gradients: readonly tf.Tensor[], limit: number): tf.Tensor[] {
  return tf.tidy(() => {
    const norm = tf.sqrt(sumOf(gradients.map((gradient) => tf.sum(tf.square(gradient)))));
    const factor = tf.minimum(1, tf.div(limit, tf.maximum(norm, leastNorm)));
    return gradients.map((gradient) => tf.mul(gradient, factor));
  });
}

/** Clips the norm of each gradient on its own; DINO clips at 3. Caller owns the results. */
export function clipEachNorm(gradients: readonly tf.Tensor[], limit: number): tf.Tensor[] {
  return gradients.flatMap((gradient) => clipByGlobalNorm([gradient], limit));
}
