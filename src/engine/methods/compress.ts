import * as tf from "@tensorflow/tfjs-core";
import type { StepScalar } from "../math/step-scalar";
import { type Target, target } from "../math/target";
import { softmaxDivergence } from "../operations/softmax-losses/softmax-losses";
import { queueSimilarities } from "../operations/unit-rows/unit-rows";

/** The paper's temperature, for both networks. */
export const compressTemperature = 0.04;

/**
 * The embeddings that each network compares its own with: [K, d_T] and [K, d_S], row i of both from the same image.
 */
export interface CompressQueues {
  readonly teacher: Target;
  /**
   * 2q: earlier embeddings of the student. 1q: the teacher's queue, for a student mapped to the teacher's dimension.
   */
  readonly student: Target;
}

/**
 * mean D( softmax(t·Q_t/τ), softmax(s·Q_s/τ) ) for embeddings of unit length; an image is not among its own
 * candidates. Koohpayegani et al. 2020 (CompRess), §3, eq. 1 and 2. Shapes: [batch, d_S] × [batch, d_T] → scalar ≥ 0.
 *
 * @param student backbone features, without a projector
 * @param teacher features of the frozen teacher of the same view
 * @param queues of unit length, before this batch's embeddings have entered
 */
export function compressLoss(
  student: tf.Tensor2D,
  teacher: Target,
  queues: CompressQueues,
  temperature: StepScalar = compressTemperature,
): tf.Scalar {
  const goal = target(queueSimilarities(teacher, queues.teacher));
  const own = queueSimilarities(student, queues.student);
  return tf.mean(softmaxDivergence(goal, own, { teacher: temperature, student: temperature }));
}
