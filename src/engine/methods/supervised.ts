import * as tf from "@tensorflow/tfjs-core";
import { softmaxCrossEntropy } from "../operations/softmax-losses/softmax-losses";

/**
 * The supervised loss, mean H(y, softmax(s)). Shapes: [batch, classes] logits × [batch] integer labels → scalar ≥ 0.
 */
export function supervisedLoss(student: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return tf.mean(softmaxCrossEntropy(student, labels));
}
