import * as tf from "@tensorflow/tfjs-core";
import { entropy, logProbabilities } from "../math/divergences";
import type { StepScalar } from "../math/step-scalar";
import { sumOf } from "../math/sum";
import { type Target, target } from "../math/target";
import { softTargetCrossEntropy } from "../operations/softmax-losses/softmax-losses";

export interface DinoTemperatures {
  readonly student: StepScalar;
  /** May warm up to 0.07. Lower is the cure of a collapse. */
  readonly teacher: StepScalar;
}

export const dinoTemperatures: DinoTemperatures = { student: 0.1, teacher: 0.04 };

/** Share of the old centre that is kept. */
export const centreMomentum = 0.9;

/** Centred and sharpened, ln softmax((t − c)/τ_t). [batch, P] × [P] → [batch, P]. */
export function teacherLogProbabilities(
  teacher: Target,
  centre: Target<tf.Tensor1D>,
  temperature: StepScalar,
): Target {
  return logProbabilities(centred(teacher, centre), temperature);
}

const centred = (teacher: Target, centre: Target<tf.Tensor1D>): Target =>
  target(tf.sub(teacher, centre) as tf.Tensor2D);

/**
 * mean over pairs (i, j), j ≠ i, of mean_batch H( softmax((t_i − c)/τ_t), softmax(s_j/τ_s) ). Caron et al. 2021 (DINO), eq. 3
 * and Algorithm 1. → scalar ≥ 0.
 *
 * @param student logits of every view, [batch, P] each, the global views first
 * @param teacher logits of the global views, in the same order
 * @param centre [P], of the steps before this one
 * @throws RangeError when there is no pair of different views
 */
export function dinoLoss(
  student: readonly tf.Tensor2D[],
  teacher: readonly Target[],
  centre: Target<tf.Tensor1D>,
  temperatures: DinoTemperatures = dinoTemperatures,
): tf.Scalar {
  const losses = teacher.flatMap((logits, i) => {
    const goal = centred(logits, centre);
    return student
      .filter((_, j) => j !== i)
      .map((view) => tf.mean(softTargetCrossEntropy(goal, view, temperatures)) as tf.Scalar);
  });
  if (losses.length === 0) throw new RangeError("DINO needs a student's view that is not the teacher's.");
  return tf.div(sumOf(losses), losses.length);
}

/**
 * c ← m c + (1 − m) mean of the teacher's logits over the batch and its views, not centred. Caron et al. 2021, eq. 4.
 * [P] × views of [batch, P] → [P]; caller owns the result.
 */
export function updateCentre(
  centre: Target<tf.Tensor1D>,
  teacher: readonly Target[],
  momentum = centreMomentum,
): Target<tf.Tensor1D> {
  return tf.tidy(() => {
    const mean = tf.mean(tf.concat([...teacher], 0), 0);
    return target(tf.add(tf.mul(momentum, centre), tf.mul(1 - momentum, mean)) as tf.Tensor1D);
  });
}

/** The loss of a network that says the same of every image, all prototypes alike: ln P. */
export function collapsePlateau(prototypes: number): number {
  return Math.log(prototypes);
}

/** Mean entropy of the teacher's outputs: near 0 they are one-hot, near ln P uniform, and both are collapse. */
export function teacherEntropy(
  teacher: readonly Target[],
  centre: Target<tf.Tensor1D>,
  temperature: StepScalar = dinoTemperatures.teacher,
): tf.Scalar {
  return tf.tidy(() =>
    tf.mean(
      tf.concat(teacher.map((logits) => entropy(teacherLogProbabilities(logits, centre, temperature)))),
    ),
  );
}
