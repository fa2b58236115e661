import * as tf from "@tensorflow/tfjs-core";

declare const stopped: unique symbol;

/** A tensor through which no gradient flows. Losses take their targets as this type, so none can forget to stop. */
export type Target<T extends tf.Tensor = tf.Tensor2D> = T & { readonly [stopped]: true };

const constant = tf.customGrad((x) => ({
  value: tf.clone(x as tf.Tensor),
  gradFunc: (dy) => [tf.zerosLike(dy)],
}));

/**
 * The value of `x` with its gradient stopped. tfjs has no stop-gradient, so the gradient that arrives here is replaced
 * by exact zeros. Caller owns the result.
 */
export function target<T extends tf.Tensor>(x: T): Target<T> {
  return constant(x) as unknown as Target<T>;
}
