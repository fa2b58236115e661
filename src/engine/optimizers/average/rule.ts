import * as tf from "@tensorflow/tfjs-core";
import type { StepScalar } from "../../math/step-scalar";

/** ξ ← τξ + (1 − τ)θ. With τ = 1 ξ stays unchanged, with τ = 0 it becomes θ. Caller owns the result. */
export function emaUpdate(momentumParameter: tf.Tensor, parameter: tf.Tensor, tau: StepScalar): tf.Tensor {
  return tf.tidy(() => {
    const rest = typeof tau === "number" ? 1 - tau : tf.sub(1, tau);
    return tf.add(tf.mul(tau, momentumParameter), tf.mul(rest, parameter));
  });
}
