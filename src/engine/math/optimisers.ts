import * as tf from "@tensorflow/tfjs-core";
import type { StepScalar } from "./step-scalar";

/**
 * Update rules as pure functions of one parameter: what the papers write, and what kernels that update in place are
 * compared with. Buffers start at zero. The caller owns the results.
 */

/** A type alias, not an interface: tfjs's tidy takes only what has an implicit index signature. */
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

/** b ← μb + (g + λp); p ← p − ηb, or with Nesterov p − η(g + λp + μb). No dampening: the first buffer is the gradient. */
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

export interface LarsSettings {
  readonly learningRate: StepScalar;
  readonly momentum: number;
  readonly weightDecay: number;
  /** η of the trust ratio: .001 in SimDis, .02 in solo-learn. */
  readonly trustCoefficient: number;
  /**
   * `simdis`: the rate is inside the buffer, excluded parameters are still decayed. `solo-learn`: the ratio over the rate is
   * clipped at 1, excluded parameters are plain SGD without decay.
   */
  readonly rule: "simdis" | "solo-learn";
  /** Biases and batch norm's γ and β are excluded from the scaling. */
  readonly excluded: boolean;
}

const trustEpsilon = 1e-8;

/** You et al. 2017 (LARS), in the two forms of METHODS §3; ‖g‖ is taken before weight decay. */
export function larsUpdate(state: MomentumState, gradient: tf.Tensor, settings: LarsSettings): MomentumState {
  const { learningRate, momentum, weightDecay, trustCoefficient, rule, excluded } = settings;
  return tf.tidy(() => {
    const { parameter, buffer } = state;
    if (rule === "solo-learn" && excluded) {
      return sgdUpdate(state, gradient, { learningRate, momentum, weightDecay: 0 });
    }
    const size = tf.norm(parameter);
    const steepness = tf.add(tf.norm(gradient), tf.add(tf.mul(weightDecay, size), trustEpsilon));
    const local = excluded ? tf.scalar(1) : tf.div(tf.mul(trustCoefficient, size), steepness);
    const decayed = tf.add(gradient, tf.mul(weightDecay, parameter));
    if (rule === "simdis") {
      const next = tf.add(tf.mul(momentum, buffer), tf.mul(tf.mul(learningRate, local), decayed));
      return { parameter: tf.sub(parameter, next), buffer: next };
    }
    const next = tf.add(
      tf.mul(momentum, buffer),
      tf.mul(tf.minimum(tf.div(local, learningRate), 1), decayed),
    );
    return { parameter: tf.sub(parameter, tf.mul(learningRate, next)), buffer: next };
  });
}

/** ξ ← τξ + (1 − τ)θ. At τ = 1 nothing moves, at τ = 0 it is a copy. */
export function emaUpdate(momentumParameter: tf.Tensor, parameter: tf.Tensor, tau: StepScalar): tf.Tensor {
  return tf.tidy(() =>
    tf.add(
      tf.mul(tau, momentumParameter),
      tf.mul(typeof tau === "number" ? 1 - tau : tf.sub(1, tau), parameter),
    ),
  );
}
