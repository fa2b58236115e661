import * as tf from "@tensorflow/tfjs-core";

/** ξ ← τξ + (1 − τ)θ. With τ = 1 ξ stays unchanged, with τ = 0 it becomes θ. Caller owns the result. */
export function emaUpdate(momentumParameter: tf.Tensor, parameter: tf.Tensor, tau: number): tf.Tensor {
  return tf.tidy(() => tf.add(tf.mul(tau, momentumParameter), tf.mul(1 - tau, parameter)));
}
