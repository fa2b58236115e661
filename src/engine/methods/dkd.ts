import * as tf from "@tensorflow/tfjs-core";
import { logProbabilities } from "../math/divergences";
import { zScored, zScoredTarget } from "../math/standardize";
import type { StepScalar } from "../math/step-scalar";
import { type Target, target } from "../math/target";
import { softmaxDivergence } from "../operations/softmax-losses/softmax-losses";
import { supervisedLoss } from "./supervised";

export interface DkdSettings {
  /** α, of the target class. */
  readonly alpha: number;
  /** β, of the other classes. */
  readonly beta: number;
  /** τ; both parts are multiplied by τ². */
  readonly temperature: number;
  /** Whether logits are standardized first (docs/methods.md §1.18). */
  readonly standardized?: boolean;
}

/** The terms of the loss, before weighting. */
export type DkdTerms = {
  /** mean H(y, p_s). */
  readonly labels: tf.Scalar;
  /** TCKD: τ² mean D(b_t, b_s) with b = (p_y, 1 − p_y). */
  readonly targetClass: tf.Scalar;
  /** NCKD: τ² mean D(p̂_t, p̂_s) with p̂ the softmax without the class y. */
  readonly otherClasses: tf.Scalar;
};

/** Subtracted from the true class's logarithm, so that its share becomes exactly 0. */
const excluded = 1000;

/** ln p_y and ln(1 − p_y), [n, 2], from log-probabilities and the one-hot labels. */
function binary(logP: tf.Tensor2D, chosen: tf.Tensor2D): tf.Tensor2D {
  const own = tf.sum(tf.mul(logP, chosen), 1);
  const others = tf.logSumExp(tf.sub(logP, tf.mul(excluded, chosen)), 1);
  return tf.stack([own, others], 1) as tf.Tensor2D;
}

/**
 * The terms of DKD. Zhao et al. 2022, published code `DKD.py`; docs/methods.md §1.17. Shapes: [batch, classes] logits twice,
 * [batch] integer labels. Their sum with weights 1 and 1 − p_y per row is the divergence of KD.
 */
export function dkdTerms(
  student: tf.Tensor2D,
  teacher: Target,
  labels: tf.Tensor1D,
  { temperature, standardized = false }: Pick<DkdSettings, "temperature" | "standardized">,
): DkdTerms {
  const [s, t] = standardized ? [zScored(student), zScoredTarget(teacher)] : [student, teacher];
  const chosen = tf.cast(tf.oneHot(tf.cast(labels, "int32"), s.shape[1]), "float32") as tf.Tensor2D;
  const [ofTeacher, ofStudent] = [
    target(binary(logProbabilities(t, temperature), chosen)),
    binary(logProbabilities(s, temperature), chosen),
  ];
  const squared = temperature ** 2;
  const pairs = tf.sum(tf.mul(tf.exp(ofTeacher), tf.sub(ofTeacher, ofStudent)), 1);
  const without = (logits: tf.Tensor2D): tf.Tensor2D =>
    tf.sub(logits, tf.mul(excluded * temperature, chosen));
  const temperatures = { teacher: temperature, student: temperature };
  return {
    labels: supervisedLoss(student, labels),
    targetClass: tf.mul(squared, tf.mean(pairs)),
    otherClasses: tf.mul(squared, tf.mean(softmaxDivergence(target(without(t)), without(s), temperatures))),
  };
}

/** labels + ramp (α targetClass + β otherClasses). @param ramp from 0 to 1 over the first steps */
export function weighDkdTerms(
  { labels, targetClass, otherClasses }: DkdTerms,
  { alpha, beta }: Pick<DkdSettings, "alpha" | "beta">,
  ramp: StepScalar = 1,
): tf.Scalar {
  const both = tf.add(tf.mul(alpha, targetClass), tf.mul(beta, otherClasses));
  return tf.add(labels, tf.mul(ramp, both));
}
