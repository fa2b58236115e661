import * as tf from "@tensorflow/tfjs-core";
import { entropy, logProbabilities } from "../math/divergences";
import type { StepScalar } from "../math/step-scalar";
import { sumOf } from "../math/sum";
import { type Target, target } from "../math/target";
import { softTargetCrossEntropy } from "../operations/softmax-losses/softmax-losses";

export interface DinoTemperatures {
  readonly student: StepScalar;
  /** May warm up to 0.07. A lower value helps against collapse. */
  readonly teacher: StepScalar;
}

export const dinoTemperatures: DinoTemperatures = { student: 0.1, teacher: 0.04 };

/** The share of the old center that an update keeps. */
export const centerMomentum = 0.9;

/** The teacher's centered and sharpened log-probabilities, ln softmax((t − c)/τ_t). [batch, P] × [P] → [batch, P]. */
export function teacherLogProbabilities(
  teacher: Target,
  center: Target<tf.Tensor1D>,
  temperature: StepScalar,
): Target {
  return logProbabilities(centered(teacher, center), temperature);
}

const centered = (teacher: Target, center: Target<tf.Tensor1D>): Target =>
  target(tf.sub(teacher, center) as tf.Tensor2D);

/**
 * mean over pairs (i, j), j ≠ i, of mean_batch H( softmax((t_i − c)/τ_t), softmax(s_j/τ_s) ). Caron et al. 2021
 * (DINO), eq. 3 and Algorithm 1. → scalar ≥ 0.
 *
 * @param student logits of every view, [batch, P] each, the global views first
 * @param teacher logits of the global views, in the same order
 * @param center [P], as left by the previous step
 * @throws RangeError if there is no pair of different views
 */
export function dinoLoss(
  student: readonly tf.Tensor2D[],
  teacher: readonly Target[],
  center: Target<tf.Tensor1D>,
  temperatures: DinoTemperatures = dinoTemperatures,
): tf.Scalar {
  const losses = teacher.flatMap((logits, i) => {
    const goal = centered(logits, center);
    return student
      .filter((_, j) => j !== i)
      .map((view) => tf.mean(softTargetCrossEntropy(goal, view, temperatures)) as tf.Scalar);
  });
  if (losses.length === 0) throw new RangeError("DINO needs a student's view that is not the teacher's.");
  return tf.div(sumOf(losses), losses.length);
}

/**
 * Updates the center: c ← m c + (1 − m) mean of the teacher's uncentered logits over the batch and its views. Caron
 * et al. 2021, eq. 4. [P] × views of [batch, P] → [P]; the caller owns the result.
 */
export function updateCenter(
  center: Target<tf.Tensor1D>,
  teacher: readonly Target[],
  momentum = centerMomentum,
): Target<tf.Tensor1D> {
  return tf.tidy(() => {
    const mean = tf.mean(tf.concat([...teacher], 0), 0);
    return target(tf.add(tf.mul(momentum, center), tf.mul(1 - momentum, mean)) as tf.Tensor1D);
  });
}

/** The loss of a collapsed network with uniform outputs: ln P. */
export function collapsePlateau(prototypes: number): number {
  return Math.log(prototypes);
}

/** The mean entropy of the teacher's outputs: near 0 they are one-hot, near ln P uniform; both are collapse. */
export function teacherEntropy(
  teacher: readonly Target[],
  center: Target<tf.Tensor1D>,
  temperature: StepScalar = dinoTemperatures.teacher,
): tf.Scalar {
  return tf.tidy(() =>
    tf.mean(
      tf.concat(teacher.map((logits) => entropy(teacherLogProbabilities(logits, center, temperature)))),
    ),
  );
}
