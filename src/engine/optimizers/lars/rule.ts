import * as tf from "@tensorflow/tfjs-core";
import type { OptimizerSettings } from "../../../protocol/experiment";
import type { StepScalar } from "../../math/step-scalar";
import { type MomentumState, sgdUpdate } from "../sgd/rule";

export type LarsRule = OptimizerSettings["larsRule"];

/** η of the trust ratio (docs/methods.md §3.1). */
export const trustCoefficients = { simdis: 0.001, solo: 0.02 } as const satisfies Record<LarsRule, number>;

export interface LarsSettings {
  readonly learningRate: StepScalar;
  readonly momentum: number;
  readonly weightDecay: number;
  /** η of the trust ratio: {@link trustCoefficients}. */
  readonly trustCoefficient: number;
  /**
   * `simdis`: the rate enters the buffer, and excluded parameters are still decayed. `solo` (solo-learn's): the ratio
   * over the rate is clipped at 1, and excluded parameters follow plain SGD without decay.
   */
  readonly rule: LarsRule;
  /** True for biases and batch norm's γ and β, which the trust ratio does not scale. */
  readonly excluded: boolean;
}

/** Keeps the trust ratio of a zero gradient finite. */
export const trustEpsilon = 1e-8;

/**
 * One step of LARS (You et al. 2017), in the two forms of docs/methods.md §3.1; ‖g‖ is taken before weight decay. Caller
 * owns the result.
 */
export function larsUpdate(state: MomentumState, gradient: tf.Tensor, settings: LarsSettings): MomentumState {
  const { learningRate, momentum, weightDecay, trustCoefficient, rule, excluded } = settings;
  return tf.tidy(() => {
    const { parameter, buffer } = state;
    if (rule === "solo" && excluded) {
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
