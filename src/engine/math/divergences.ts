import * as tf from "@tensorflow/tfjs-core";
import type { StepScalar } from "./step-scalar";
import { type Target, target } from "./target";

/**
 * Divergences between distributions over classes (or channels, or candidates), given as log probabilities: in float32 a
 * probability may underflow to 0 while its logarithm is finite. Natural logarithms, sums over the last axis, one value
 * per row.
 */

/** log softmax(x / τ). [n, c] → [n, c]. The result for a {@link Target} is a target again. */
export function logProbabilities(logits: Target, temperature?: StepScalar): Target;
export function logProbabilities(logits: tf.Tensor2D, temperature?: StepScalar): tf.Tensor2D;
export function logProbabilities(logits: tf.Tensor2D, temperature: StepScalar = 1): tf.Tensor2D {
  return tf.logSoftmax(temperature === 1 ? logits : tf.div(logits, temperature));
}

/** H(y, q) = −ln q[y], for integer labels. [n] × [n, c] → [n]. */
export function crossEntropy(labels: tf.Tensor1D, logQ: tf.Tensor2D): tf.Tensor1D {
  const chosen = tf.oneHot(tf.cast(labels, "int32"), logQ.shape[1]);
  return tf.neg(tf.sum(tf.mul(tf.cast(chosen, "float32"), logQ), 1));
}

/** H(p, q) = −Σ p ln q. [n, c] × [n, c] → [n]. */
export function softCrossEntropy(logP: Target, logQ: tf.Tensor2D): tf.Tensor1D {
  return tf.neg(tf.sum(tf.mul(tf.exp(logP), logQ), 1));
}

/** H(p) = −Σ p ln p, from 0 for a certain outcome to ln c for c equally likely ones. [n, c] → [n]. */
export function entropy(logP: tf.Tensor2D): tf.Tensor1D {
  return tf.neg(tf.sum(tf.mul(tf.exp(logP), logP), 1));
}

/**
 * The Kullback–Leibler divergence D(p, q) = Σ p ln(p / q) = H(p, q) − H(p), ≥ 0 and unbounded. The gradient flows into
 * each argument that is not a target: both directions are in use. [n, c] × [n, c] → [n].
 */
export function klDivergence(logP: tf.Tensor2D, logQ: tf.Tensor2D): tf.Tensor1D {
  return tf.sum(tf.mul(tf.exp(logP), tf.sub(logP, logQ)), 1);
}

/** The Jeffreys divergence D(p, q) + D(q, p) = Σ (p − q)(ln p − ln q), ≥ 0 and unbounded. [n, c] × [n, c] → [n]. */
export function jeffreysDivergence(logP: Target, logQ: tf.Tensor2D): tf.Tensor1D {
  return tf.sum(tf.mul(tf.sub(tf.exp(logP), tf.exp(logQ)), tf.sub(logP, logQ)), 1);
}

/** The Jensen–Shannon divergence ½ D(p, m) + ½ D(q, m), m = (p + q)/2, in [0, ln 2]. [n, c] × [n, c] → [n]. */
export function jensenShannonDivergence(logP: Target, logQ: tf.Tensor2D): tf.Tensor1D {
  // ln(p + q) = ln p + softplus(ln q − ln p): finite, and smooth where p = q, unlike a maximum.
  const logM = tf.sub(tf.add(logP, tf.softplus(tf.sub(logQ, logP))), Math.LN2) as tf.Tensor2D;
  return tf.mul(0.5, tf.add(klDivergence(logP, logM), klDivergence(logQ, logM)));
}

/**
 * The logarithm of the arithmetic mean of k distributions; averaging their logits would give a geometric mean instead.
 * k × [n, c] → [n, c].
 * @throws RangeError when there are no distributions
 */
export function logMeanProbabilities(logs: readonly Target[]): Target {
  const [first, ...others] = logs;
  if (!first) throw new RangeError("A mean needs at least one distribution.");
  if (others.length === 0) return first;
  return target(tf.sub(tf.logSumExp(tf.stack([...logs]), 0), Math.log(logs.length)) as tf.Tensor2D);
}
