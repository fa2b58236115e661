import * as tf from "@tensorflow/tfjs-core";
import type { StepScalar } from "../../math/step-scalar";

/**
 * A parameter and its momentum buffer of the same shape, which starts at zero. A type alias rather than an interface,
 * because tfjs's tidy only accepts types with an implicit index signature.
 */
export type MomentumState = {
  readonly parameter: tf.Tensor;
  readonly buffer: tf.Tensor;
};

export interface SgdSettings {
  readonly learningRate: StepScalar;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly nesterov?: boolean;
}

/**
 * b ← μb + (g + λp); p ← p − ηb, or with Nesterov p − η(g + λp + μb). Without dampening: the first buffer is the
 * gradient. Caller owns the result.
 */
export function sgdUpdate(
  { parameter, buffer }: MomentumState,
  gradient: tf.Tensor,
  settings: SgdSettings,
): MomentumState {
  const { learningRate, momentum, weightDecay, nesterov = false } = settings;
  return tf.tidy(() => {
    const decayed = tf.add(gradient, tf.mul(weightDecay, parameter));
    const next = tf.add(tf.mul(momentum, buffer), decayed);
    const direction = nesterov ? tf.add(decayed, tf.mul(momentum, next)) : next;
    return { parameter: tf.sub(parameter, tf.mul(learningRate, direction)), buffer: next };
  });
}
