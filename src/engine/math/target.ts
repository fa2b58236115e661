import * as tf from "@tensorflow/tfjs-core";

declare const stopped: unique symbol;

/** A tensor through which no gradient flows. Losses require this type for targets, so stopping is never forgotten. */
export type Target<T extends tf.Tensor = tf.Tensor2D> = T & { readonly [stopped]: true };

const constant = tf.customGrad((x) => ({
  value: tf.clone(x as tf.Tensor),
  gradFunc: (dy) => [tf.zerosLike(dy)],
}));

/**
 * Copies `x` with its gradient stopped. tfjs has no stop-gradient, so the incoming gradient is replaced by exact zeros.
 * Caller owns the result.
 */
export function target<T extends tf.Tensor>(x: T): Target<T> {
  return constant(x) as unknown as Target<T>;
}
