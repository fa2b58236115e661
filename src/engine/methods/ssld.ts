import * as tf from "@tensorflow/tfjs-core";
import {
  jeffreysDivergence,
  jensenShannonDivergence,
  klDivergence,
  softCrossEntropy,
} from "../math/divergences";
import { zScored, zScoredTarget } from "../math/standardize";
import { type Target, target } from "../math/target";
import { logSoftmax } from "../operations/softmax-losses/log-softmax";

/**
 * The divergences that SSLD's student can minimize, per row of log-probabilities of teacher p and student q
 * (docs/methods.md §1.11).
 */
const divergences = {
  /** ½ [D(q, p) + D(p, q)], which PaddleClas calls JS: half of Jeffreys' divergence, unbounded. */
  paddleJS: (logP: Target, logQ: tf.Tensor2D) => tf.mul<tf.Tensor1D>(0.5, jeffreysDivergence(logP, logQ)),
  /** The Jensen–Shannon divergence, at most ln 2. */
  trueJS: jensenShannonDivergence,
  KL: klDivergence as (logP: Target, logQ: tf.Tensor2D) => tf.Tensor1D,
  /** Differs from KL only by the teacher's entropy, so its gradient is the same. */
  CEsoft: softCrossEntropy,
} as const;

export type SsldDivergence = keyof typeof divergences;
export const ssldDivergences = Object.keys(divergences) as readonly SsldDivergence[];

/**
 * SSLD's loss: the mean over the batch of a divergence at τ = 1, without labels. Cui et al. 2021 (SSLD), §3.1.
 * Shapes: [batch, classes] logits twice → scalar ≥ 0. With `standardized` logits are standardized first (§1.18).
 */
export function ssldLoss(
  divergence: SsldDivergence,
  student: tf.Tensor2D,
  teacher: Target,
  standardized = false,
): tf.Scalar {
  const [s, t] = standardized ? [zScored(student), zScoredTarget(teacher)] : [student, teacher];
  return tf.mean(divergences[divergence](target(logSoftmax(t)), logSoftmax(s)));
}
