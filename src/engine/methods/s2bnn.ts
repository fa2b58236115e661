import * as tf from "@tensorflow/tfjs-core";
import { l2Normalize } from "../math/similarities";
import type { StepScalar } from "../math/step-scalar";
import { type Target, target } from "../math/target";
import { softTargetCrossEntropy } from "../operations/softmax-losses/softmax-losses";
import { unitRows } from "../operations/unit-rows/unit-rows";

/** The paper's three strategies ①, ② and ③, with the terms of their losses. */
export const s2bnnStrategies = {
  contrast: ["contrast"],
  both: ["contrast", "distillation"],
  distillation: ["distillation"],
} as const;

export type S2bnnStrategy = keyof typeof s2bnnStrategies;
export type S2bnnTerm = (typeof s2bnnStrategies)[S2bnnStrategy][number];

export const s2bnnTemperature = 0.2;

/**
 * mean H( softmax(n(t)/τ), softmax(n(s)/τ) ), with the softmax over the d channels of the embedding, and so without
 * queue or classes. n(·) normalizes to unit length. Shen et al. 2021 (S2-BNN), §3. Shapes: [batch, d] × [batch, d] →
 * scalar ≥ 0.
 *
 * @param teacher embeddings from the real-valued teacher, of the same view
 */
export function channelDistillationLoss(
  student: tf.Tensor2D,
  teacher: Target,
  temperature: StepScalar = s2bnnTemperature,
): tf.Scalar {
  const temperatures = { teacher: temperature, student: temperature };
  return tf.mean(softTargetCrossEntropy(target(unitRows(teacher)), unitRows(student), temperatures));
}

/** The sum of a strategy's terms, each with weight 1. Other terms are not computed. */
export function s2bnnLoss(strategy: S2bnnStrategy, terms: Record<S2bnnTerm, () => tf.Scalar>): tf.Scalar {
  const [first, ...others] = s2bnnStrategies[strategy].map((term) => terms[term]());
  return others.reduce((sum, term) => tf.add(sum, term), first as tf.Scalar);
}

/**
 * The cosine of the gradients of two losses with respect to an embedding [batch, d], in [−1, 1]: if it is negative,
 * the terms of strategy ② conflict. 0 if a gradient is 0.
 */
export function gradientCosine(
  first: (embedding: tf.Tensor2D) => tf.Scalar,
  second: (embedding: tf.Tensor2D) => tf.Scalar,
  embedding: tf.Tensor2D,
): tf.Scalar {
  return tf.tidy(() => {
    const direction = (loss: (x: tf.Tensor2D) => tf.Scalar): tf.Tensor2D =>
      l2Normalize(tf.reshape(tf.grad((x) => loss(x as tf.Tensor2D))(embedding), [1, -1]));
    return tf.sum(tf.mul(direction(first), direction(second))) as tf.Scalar;
  });
}
