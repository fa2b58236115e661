import * as tf from "@tensorflow/tfjs-core";
import { type Target, target } from "./target";

/** What the published code adds to the deviation. */
const leastDeviation = 1e-7;

/**
 * Rows of mean 0 and deviation 1, (x − mean) / (σ + 1e-7). Sun et al. 2024 (logit standardization), algorithm 1, but with
 * Bessel's correction over the classes as in the published code, `normalize`; docs/methods.md §1.18. [n, c] → [n, c]. Rows of two
 * classes come out as ±0.707, whatever they were.
 */
export function zScored(logits: tf.Tensor2D): tf.Tensor2D {
  const [, classes] = logits.shape;
  const centered = tf.sub(logits, tf.mean(logits, 1, true));
  const variance = tf.div(tf.sum(tf.square(centered), 1, true), classes - 1);
  // The root's gradient is infinite at 0, where a row of equal logits lies.
  return tf.div(centered, tf.add(tf.sqrt(tf.maximum(variance, leastDeviation ** 2)), leastDeviation));
}

/** The same of a teacher's logits, which stay a target. */
export const zScoredTarget = (logits: Target): Target => target(zScored(logits));
