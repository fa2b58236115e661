import * as tf from "@tensorflow/tfjs-core";
import {
  crossEntropy,
  entropy,
  logMeanProbabilities,
  logProbabilities,
  softCrossEntropy,
} from "../math/divergences";
import { sumOf } from "../math/sum";
import type { Target } from "../math/target";
import { softmaxCrossEntropy, softmaxDivergence } from "../operations/softmax-losses/softmax-losses";

/**
 * L_i = mean H(y, p^i) + 1/(m − 1) Σ_{j≠i} mean D(p^j, p^i), without temperature. Zhang et al. 2018 (Deep Mutual
 * Learning), eq. 6 and 10. Without peers (if all crashed and are excluded) only the labels' term remains. Shapes:
 * [batch, classes] logits, [batch] integer labels → scalar ≥ 0.
 *
 * @param peers logits of the other members on the same images, with stopped gradients
 */
export function mutualLoss(own: tf.Tensor2D, peers: readonly Target[], labels: tf.Tensor1D): tf.Scalar {
  const supervised = tf.mean(softmaxCrossEntropy(own, labels)) as tf.Scalar;
  if (peers.length === 0) return supervised;
  const plain = { teacher: 1, student: 1 };
  const divergences = peers.map((peer) => tf.mean(softmaxDivergence(peer, own, plain)) as tf.Scalar);
  return tf.add(supervised, tf.div(sumOf(divergences), peers.length));
}

/** The mutual loss in three scalar parts, for charts: L_i = labels + ensemble − peerEntropy. */
export type MutualTerms = {
  /** H(y, p^i). */
  readonly labels: tf.Scalar;
  /** H(p̄, p^i) with p̄ the mean of the peers' probabilities, that is, their ensemble. */
  readonly ensemble: tf.Scalar;
  /** mean_j H(p^j); it does not depend on member i, so its gradient is zero. */
  readonly peerEntropy: tf.Scalar;
};

/** Computes the three parts, with shapes as for {@link mutualLoss}. @throws RangeError without peers */
export function mutualTerms(own: tf.Tensor2D, peers: readonly Target[], labels: tf.Tensor1D): MutualTerms {
  const logQ = logProbabilities(own);
  const logP = peers.map((peer) => logProbabilities(peer));
  return {
    labels: tf.mean(crossEntropy(labels, logQ)),
    ensemble: tf.mean(softCrossEntropy(logMeanProbabilities(logP), logQ)),
    peerEntropy: tf.div(sumOf(logP.map((peer) => tf.mean(entropy(peer)) as tf.Scalar)), logP.length),
  };
}

/**
 * `simultaneous`: all members run forward, then all are updated. `sequential`: members are updated in turn, so a
 * member learns from peers that may already have been updated in this step (Algorithm 1 of the paper).
 */
export type UpdateOrder = "simultaneous" | "sequential";

/**
 * Takes one step of a cohort. Members in `excluded` keep learning, but no other member learns from them.
 *
 * @param update returns the member after a step with these peers
 */
export function updateCohort<Member>(
  cohort: readonly Member[],
  order: UpdateOrder,
  update: (own: Member, peers: readonly Member[], index: number) => Member,
  excluded: ReadonlySet<number> = new Set(),
): Member[] {
  const next = [...cohort];
  const visible = order === "simultaneous" ? cohort : next;
  for (const [index, own] of cohort.entries()) {
    const peers = visible.filter((_, j) => j !== index && !excluded.has(j));
    next[index] = update(own, peers, index);
  }
  return next;
}
