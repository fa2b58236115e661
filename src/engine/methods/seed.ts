import * as tf from "@tensorflow/tfjs-core";
import type { StepScalar } from "../math/step-scalar";
import { sumOf } from "../math/sum";
import { type Target, target } from "../math/target";
import { softTargetCrossEntropy } from "../operations/softmax-losses/softmax-losses";
import { candidateSimilarities } from "../operations/unit-rows/unit-rows";

export interface SeedTemperatures {
  readonly student: StepScalar;
  /** The published code uses 1e-4, which is nearly one-hot on the teacher's own embedding. */
  readonly teacher: StepScalar;
}

/** The default temperatures (docs/methods.md §1.4). */
export const seedTemperatures: SeedTemperatures = { student: 0.2, teacher: 0.01 };

/**
 * mean H( softmax(t·C/τ_t), softmax(s·C/τ_s) ) over the candidates C = [t, queue], all of unit length. Fang et al.
 * 2021 (SEED), §3.2. Shapes: [batch, d] × [batch, d] × [K, d] → scalar ≥ 0.
 *
 * @param student embeddings in the teacher's dimension
 * @param teacher embeddings from the frozen teacher, of the same view
 * @param queue the teacher's embeddings of earlier batches, of unit length, before this batch's have entered
 */
export function seedLoss(
  student: tf.Tensor2D,
  teacher: Target,
  queue: Target,
  temperatures: SeedTemperatures = seedTemperatures,
): tf.Scalar {
  const goal = target(candidateSimilarities(teacher, teacher, queue));
  const candidates = candidateSimilarities(student, teacher, queue);
  return tf.mean(softTargetCrossEntropy(goal, candidates, temperatures));
}

/** The embeddings of one kind of crop. Whole crops and small patches have separate queues. */
export interface SeedCrops {
  readonly student: tf.Tensor2D;
  readonly teacher: Target;
  readonly queue: Target;
}

/** The multi-crop loss: the mean over the kinds of crop. The published code adds them (docs/methods.md §1.4). */
export function seedMultiCropLoss(
  crops: readonly SeedCrops[],
  temperatures: SeedTemperatures = seedTemperatures,
): tf.Scalar {
  if (crops.length === 0) throw new RangeError("SEED needs at least one kind of crop.");
  const losses = crops.map(({ student, teacher, queue }) => seedLoss(student, teacher, queue, temperatures));
  return tf.div(sumOf(losses), losses.length);
}
