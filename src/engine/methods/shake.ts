import * as tf from "@tensorflow/tfjs-core";
import { type Target, target } from "../math/target";
import { softmaxCrossEntropy, softmaxDivergence } from "../operations/softmax-losses/softmax-losses";

export interface ShakeSettings {
  /** γ, of the labels. */
  readonly gamma: number;
  /** α, of the teacher itself. */
  readonly alpha: number;
  /** β, of the shadow head: what it teaches, and its own loss. */
  readonly beta: number;
  /** τ of the divergences, which are multiplied by τ². */
  readonly temperature: number;
  /** Whether all logits are standardized before every loss. */
  readonly standardized: boolean;
}

/** The published code's deviation of standardized logits, and what it adds to their variance. */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the code's own rounding.
const deviation = 3.1415;
const varianceEpsilon = 1e-7;

/**
 * Rows of mean 0 and deviation 3.1415, by the variance over the classes without Bessel's correction. [n, c] → [n, c].
 * Published code lliai/SHAKE, helper/loops.py.
 */
export function standardizedLogits(logits: tf.Tensor2D): tf.Tensor2D {
  const centered = tf.sub(logits, tf.mean(logits, 1, true));
  const variance = tf.mean(tf.square(centered), 1, true);
  return tf.mul(centered, tf.mul(deviation, tf.rsqrt(tf.add(variance, varianceEpsilon))));
}

/** The terms of the loss, before weighting. */
export type ShakeTerms = {
  /** mean H(y, p). */
  readonly labels: tf.Scalar;
  /** τ² mean D(t, p). */
  readonly imitation: tf.Scalar;
  /** τ² mean D(sg p̃, p): what the shadow head teaches the student. */
  readonly ofShadow: tf.Scalar;
  /** τ² mean D(sg p, p̃) + mean H(y, p̃) + mean (p̃ − t)²: the shadow head's own loss. */
  readonly shadow: tf.Scalar;
};

/**
 * The terms of SHAKE. Li and Jin 2022; docs/methods.md §1.16. Shapes: [batch, classes] logits three times, [batch] integer
 * labels.
 */
export function shakeTerms(
  student: tf.Tensor2D,
  shadow: tf.Tensor2D,
  teacher: Target,
  labels: tf.Tensor1D,
  { temperature, standardized }: ShakeSettings,
): ShakeTerms {
  const ready = (logits: tf.Tensor2D) => (standardized ? standardizedLogits(logits) : logits);
  const [s, p, t] = [ready(student), ready(shadow), target(ready(teacher))];
  const temperatures = { teacher: temperature, student: temperature };
  const divergence = (goal: Target, own: tf.Tensor2D): tf.Scalar =>
    tf.mul(temperature ** 2, tf.mean(softmaxDivergence(goal, own, temperatures)));
  const square: tf.Scalar = tf.mean(tf.square(tf.sub(p, t)));
  const ofLabels = (own: tf.Tensor2D): tf.Scalar => tf.mean(softmaxCrossEntropy(own, labels));
  return {
    labels: ofLabels(s),
    imitation: divergence(t, s),
    ofShadow: divergence(target(p), s),
    shadow: tf.add(tf.add(divergence(target(s), p), ofLabels(p)), square),
  };
}

/** γ labels + α imitation + β (ofShadow + shadow). */
export function weighShakeTerms(terms: ShakeTerms, { gamma, alpha, beta }: ShakeSettings): tf.Scalar {
  const { labels, imitation, ofShadow, shadow } = terms;
  const offline: tf.Scalar = tf.add(tf.mul(gamma, labels), tf.mul(alpha, imitation));
  return tf.add(offline, tf.mul(beta, tf.add(ofShadow, shadow)));
}
