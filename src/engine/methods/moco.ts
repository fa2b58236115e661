import * as tf from "@tensorflow/tfjs-core";
import type { Pair } from "../math/pair";
import type { StepScalar } from "../math/step-scalar";
import type { Target } from "../math/target";
import { softmaxCrossEntropy } from "../operations/softmax-losses/softmax-losses";
import { candidateSimilarities } from "../operations/unit-rows/unit-rows";

/** MoCo-v2's temperature on ImageNet; its CIFAR demo uses 0.1. */
export const mocoTemperature = 0.2;

/** The momentum: the share of itself that the momentum network keeps at each step; 0.999 on ImageNet. */
export const mocoMomentum = 0.99;

/**
 * InfoNCE: mean of −ln softmax([q·k, q·queueᵀ]/τ)[0], for q and k of unit length. He et al. 2020 (MoCo), eq. 1.
 * Shapes: [batch, d] × [batch, d] × [K, d] → scalar ≥ 0; ln(1 + K) if all candidates are equal.
 *
 * @param queries embeddings from the trained network, of one view
 * @param keys embeddings from the momentum network, of the other view
 * @param queue keys of earlier batches, of unit length, before this batch's have entered
 */
export function infoNceLoss(
  queries: tf.Tensor2D,
  keys: Target,
  queue: Target,
  temperature: StepScalar = mocoTemperature,
): tf.Scalar {
  const candidates = candidateSimilarities(queries, keys, queue);
  // Each query's positive key is the first candidate.
  const own = tf.zeros<tf.Rank.R1>([queries.shape[0]], "int32");
  return tf.mean(softmaxCrossEntropy(candidates, own, temperature));
}

/**
 * InfoNCE in both directions, added as in MoCo's CIFAR demo; the keys of both views then enter the queue. Shapes:
 * [batch, d] per view, [K, d] → scalar ≥ 0.
 */
export function symmetricInfoNceLoss(
  queries: Pair<tf.Tensor2D>,
  keys: Pair<Target>,
  queue: Target,
  temperature: StepScalar = mocoTemperature,
): tf.Scalar {
  const forth = infoNceLoss(queries.v, keys.vPrime, queue, temperature);
  const back = infoNceLoss(queries.vPrime, keys.v, queue, temperature);
  return tf.add(forth, back);
}
