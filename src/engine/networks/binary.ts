import * as tf from "@tensorflow/tfjs-core";

/**
 * The operations of binary networks, with surrogate gradients in place of their zero slopes. Liu et al. 2020
 * (ReActNet), §4; surrogates from Liu et al. 2018 (Bi-Real Net). Channels are the last axis. The caller owns the
 * results.
 */

/** The sign, +1 or −1: sign(0) = +1, so that one bit suffices. */
function signOf(x: tf.Tensor): tf.Tensor {
  return tf.sub(tf.mul(2, tf.cast(tf.greaterEqual(x, 0), "float32")), 1);
}

/**
 * sign(x); its surrogate gradient is that of the piecewise quadratic approximation: 2 − 2|x| on (−1, 1), 0 elsewhere.
 */
const approximateSign = tf.customGrad((x, save) => {
  (save as tf.GradSaveFunc)([x as tf.Tensor]);
  return {
    value: signOf(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor, [z]: tf.Tensor[]) =>
      tf.mul(dy, tf.relu(tf.sub(2, tf.mul(2, tf.abs(z as tf.Tensor))))),
  };
});

/** RSign: sign(x + b₀) with a learned shift b₀ per channel. [batch, …, c] × [c] → values ±1 of x's shape. */
export function rSign<T extends tf.Tensor>(x: T, shift: tf.Tensor1D): T {
  return approximateSign(tf.add(x, shift)) as T;
}

/** s · sign(W) with s = mean |W| of each output channel, treated as a constant; the gradient passes where |W| ≤ 1. */
const scaledSign = tf.customGrad((weight, save) => {
  const w = weight as tf.Tensor;
  (save as tf.GradSaveFunc)([w]);
  const allButLast = w.shape.map((_, axis) => axis).slice(0, -1);
  return {
    value: tf.mul(tf.mean(tf.abs(w), allButLast, true), signOf(w)),
    gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) =>
      tf.mul(dy, tf.cast(tf.lessEqual(tf.abs(saved as tf.Tensor), 1), "float32")),
  };
});

/**
 * Binarizes a filter to ± mean |W| per output channel. [kh, kw, from, to] → the same shape; any rank, with `to` last.
 */
export function binaryWeight<T extends tf.Tensor>(weight: T): T {
  return scaledSign(weight) as T;
}

export interface RPReluParameters {
  /** b₁, added before. */
  readonly shiftIn: tf.Tensor1D;
  /** β, the slope below 0; starts at 0.25. */
  readonly slope: tf.Tensor1D;
  /** b₂, added after. */
  readonly shiftOut: tf.Tensor1D;
}

/** RPReLU: PReLU(x + b₁; β) + b₂, each with one value per channel. [batch, …, c] → the same shape. */
export function rPRelu<T extends tf.Tensor>(x: T, { shiftIn, slope, shiftOut }: RPReluParameters): T {
  return tf.add(tf.prelu(tf.add(x, shiftIn), slope), shiftOut) as T;
}
