import * as tf from "@tensorflow/tfjs-core";
import type { StepScalar } from "../../math/step-scalar";

/**
 * A parameter and its moments, all of one shape; moments start at zero. A type alias rather than an interface, because
 * tfjs's tidy only accepts types with an implicit index signature.
 */
export type AdamState = {
  readonly parameter: tf.Tensor;
  /** m, the running mean of the gradients. */
  readonly first: tf.Tensor;
  /** v, the running mean of their squares. */
  readonly second: tf.Tensor;
};

export interface AdamMoments {
  readonly beta1: number;
  readonly beta2: number;
  /** ε, added outside of the square root. */
  readonly epsilon: number;
}

export const adamMoments: AdamMoments = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

export interface AdamSettings extends AdamMoments {
  readonly learningRate: StepScalar;
  readonly weightDecay: number;
  /** Adam adds λp to the gradient (L2), and the moments rescale it; AdamW subtracts ηλp apart from the step. */
  readonly decay: "gradient" | "decoupled";
  /** Bias corrections of the step, by {@link biasCorrections}. */
  readonly corrections: BiasCorrections;
}

/** 1 − β₁ᵗ and 1 − β₂ᵗ. */
export interface BiasCorrections {
  readonly first: StepScalar;
  readonly second: StepScalar;
}

/** Returns the bias corrections of step `t`, counted from 1. */
export function biasCorrections(
  t: number,
  { beta1, beta2 }: AdamMoments,
): { readonly first: number; readonly second: number } {
  return { first: 1 - beta1 ** t, second: 1 - beta2 ** t };
}

/**
 * Returns the updated moments and the direction m̂ / (√v̂ + ε). Kingma and Ba 2015, Algorithm 1. Caller owns the results.
 */
export function adamDirection(
  { first, second }: Omit<AdamState, "parameter">,
  gradient: tf.Tensor,
  { beta1, beta2, epsilon }: AdamMoments,
  corrections: BiasCorrections,
): { first: tf.Tensor; second: tf.Tensor; direction: tf.Tensor } {
  return tf.tidy(() => {
    const nextFirst = tf.add(tf.mul(beta1, first), tf.mul(1 - beta1, gradient));
    const nextSecond = tf.add(tf.mul(beta2, second), tf.mul(1 - beta2, tf.square(gradient)));
    const root = tf.sqrt(tf.div(nextSecond, corrections.second));
    const direction = tf.div(tf.div(nextFirst, corrections.first), tf.add(root, epsilon));
    return { first: nextFirst, second: nextSecond, direction };
  });
}

/** Adam, or AdamW (Loshchilov and Hutter 2019, Algorithm 2): p ← p − η direction. Caller owns the result. */
export function adamUpdate(state: AdamState, gradient: tf.Tensor, settings: AdamSettings): AdamState {
  const { learningRate, weightDecay, decay, corrections } = settings;
  return tf.tidy(() => {
    const { parameter } = state;
    const decoupled = decay === "decoupled";
    const steepness = decoupled ? gradient : tf.add(gradient, tf.mul(weightDecay, parameter));
    const { first, second, direction } = adamDirection(state, steepness, settings, corrections);
    const step = decoupled ? tf.add(direction, tf.mul(weightDecay, parameter)) : direction;
    return { parameter: tf.sub(parameter, tf.mul(learningRate, step)), first, second };
  });
}
