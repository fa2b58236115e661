import * as tf from "@tensorflow/tfjs-core";

/** ξ ← τξ + (1 − τ)θ. At τ = 1 nothing moves, at τ = 0 it is a copy. */
export function emaUpdate(momentumParameter: tf.Tensor, parameter: tf.Tensor, tau: number): tf.Tensor {
  return tf.tidy(() => tf.add(tf.mul(tau, momentumParameter), tf.mul(1 - tau, parameter)));
}
