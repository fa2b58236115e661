import * as tf from "@tensorflow/tfjs-core";
import type { StepScalar } from "../math/step-scalar";
import type { Target } from "../math/target";
import { softmaxCrossEntropy } from "../operations/softmax-losses/softmax-losses";
import { candidateSimilarities } from "../operations/unit-rows/unit-rows";
import type { Pair } from "./byol";

/** MoCo-v2's temperature on ImageNet; its CIFAR demo has 0.1. */
export const mocoTemperature = 0.2;

/** What the momentum network keeps of itself at each step; on ImageNet it is 0.999. */
export const mocoMomentum = 0.99;

/**
 * InfoNCE: mean of −ln softmax([q·k, q·queueᵀ]/τ)[0], for q and k of unit length. He et al. 2020 (MoCo), eq. 1.
 * Shapes: [batch, d] × [batch, d] × [K, d] → scalar, from 0 upwards; ln(1 + K) where all candidates are alike.
 *
 * @param queries of the trained network on one view
 * @param keys of the momentum network on the other view
 * @param queue keys of earlier batches, of unit length, before this batch's have entered
 */
export function infoNceLoss(
  queries: tf.Tensor2D,
  keys: Target,
  queue: Target,
  temperature: StepScalar = mocoTemperature,
): tf.Scalar {
  const candidates = candidateSimilarities(queries, keys, queue);
  // Each query's own key comes first.
  const own = tf.zeros<tf.Rank.R1>([queries.shape[0]], "int32");
  return tf.mean(softmaxCrossEntropy(candidates, own, temperature));
}

/** Both directions, added as MoCo's CIFAR demo does; the keys of both views then enter the queue. */
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
