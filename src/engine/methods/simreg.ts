import * as tf from "@tensorflow/tfjs-core";
import type { Target } from "../math/target";
import { regressionDistance } from "../operations/regression-distance/regression-distance";

/**
 * mean ‖n(MLP(f_S)) − n(f_T)‖² = mean (2 − 2 cos(MLP(f_S), f_T)). Navaneet et al. 2021 (SimReg), published code
 * `simreg.py`; docs/methods.md §1.13. Shapes: [batch, d] twice → scalar in [0, 4].
 *
 * @param prediction outputs of the student's head
 * @param features features of the frozen teacher
 */
export function simregLoss(prediction: tf.Tensor2D, features: Target): tf.Scalar {
  return tf.mean(regressionDistance(prediction, features));
}
