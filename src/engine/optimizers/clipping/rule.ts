import * as tf from "@tensorflow/tfjs-core";
import { sumOf } from "../../math/sum";

/** A gradient of zero has this norm, so that it stays zero. */
export const leastNorm = 1e-12;

/**
 * All gradients times min(1, limit / ‖all of them together‖): the direction stays. Function matching clips at 1.
 * Caller owns the results.
 */
export function clipByGlobalNorm(gradients: readonly tf.Tensor[], limit: number): tf.Tensor[] {
  return tf.tidy(() => {
    const norm = tf.sqrt(sumOf(gradients.map((gradient) => tf.sum(tf.square(gradient)))));
    const factor = tf.minimum(1, tf.div(limit, tf.maximum(norm, leastNorm)));
    return gradients.map((gradient) => tf.mul(gradient, factor));
  });
}

/** Each parameter's gradient by itself; DINO clips at 3. Caller owns the results. */
export function clipEachNorm(gradients: readonly tf.Tensor[], limit: number): tf.Tensor[] {
  return gradients.flatMap((gradient) => clipByGlobalNorm([gradient], limit));
}
