import * as tf from "@tensorflow/tfjs-core";
import type { Target } from "../math/target";
import { regressionDistance } from "../operations/regression-distance/regression-distance";

/** A pair of results for the two views v and v′ of a batch, usually [batch, d] each. */
export interface Pair<T> {
  readonly v: T;
  readonly vPrime: T;
}

/**
 * BYOL's loss, in [0, 8]: mean over the batch of ℓ(q(z(v)), ẑ(v′)) + ℓ(q(z(v′)), ẑ(v)), with ℓ = 2 − 2 cos. Grill et
 * al. 2020, eq. 2 and 3. Both directions are added, as in SimDis and solo-learn; lightly takes half the sum of the
 * negative cosines, whose gradient is four times smaller.
 */
export function byolLoss(predictions: Pair<tf.Tensor2D>, momentumProjections: Pair<Target>): tf.Scalar {
  const forth = regressionDistance(predictions.v, momentumProjections.vPrime);
  const back = regressionDistance(predictions.vPrime, momentumProjections.v);
  return tf.mean(tf.add(forth, back));
}
