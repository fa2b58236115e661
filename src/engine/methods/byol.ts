import type * as tf from "@tensorflow/tfjs-core";
import type { Pair } from "../math/pair";
import type { Target } from "../math/target";
import { pairedDistance } from "../operations/regression-distance/paired-distance";

/**
 * BYOL's loss, in [0, 8]: mean over the batch of ℓ(q(z(v)), ẑ(v′)) + ℓ(q(z(v′)), ẑ(v)), with ℓ = 2 − 2 cos. Grill et
 * al. 2020, eq. 2 and 3. Both directions are added, as in SimDis and solo-learn; lightly takes half the sum of the
 * negative cosines, whose gradient is four times smaller.
 */
export function byolLoss(predictions: Pair<tf.Tensor2D>, momentumProjections: Pair<Target>): tf.Scalar {
  return pairedDistance(predictions, momentumProjections, true);
}
