import * as tf from "@tensorflow/tfjs-core";
import type { StepScalar } from "../math/step-scalar";
import { sumOf } from "../math/sum";
import type { Target } from "../math/target";
import { softmaxDivergence } from "../operations/softmax-losses/softmax-losses";

/**
 * τ² · mean over teachers of mean D(p_t^τ, p_s^τ), without labels. Beyer et al. 2022 (Function Matching), §3. The
 * gradient with several teachers is that of one teacher with the mean of their probabilities. Shapes: [batch,
 * classes] logits → scalar ≥ 0.
 *
 * @param teachers logits on the images that the input scheme shows the teachers
 * @throws RangeError without a teacher
 */
export function functionMatchingLoss(
  student: tf.Tensor2D,
  teachers: readonly Target[],
  temperature: number,
): tf.Scalar {
  if (teachers.length === 0) throw new RangeError("Function matching needs a teacher.");
  const temperatures = { teacher: temperature, student: temperature };
  const divergences = teachers.map(
    (teacher) => tf.mean(softmaxDivergence(teacher, student, temperatures)) as tf.Scalar,
  );
  return tf.mul(temperature ** 2 / teachers.length, sumOf(divergences));
}

/**
 * The mixup weight λ = max(u, 1 − u) ∈ [½, 1] for u uniform in [0, 1): one per batch, shared by teacher and student.
 */
export function mixupWeight(u: number): number {
  return Math.max(u, 1 - u);
}

/**
 * x ← λ x + (1 − λ) roll(x, 1): mixes each image with the one before it in the batch, the first with the last. Zhang
 * et al. 2018 (mixup). [batch, …] → the same shape; the caller owns the result.
 */
export function mixup<T extends tf.Tensor>(images: T, weight: StepScalar): T {
  return tf.tidy(() => {
    const [batch = 0] = images.shape;
    const partners = tf.concat([tf.slice(images, batch - 1, 1), tf.slice(images, 0, batch - 1)], 0);
    return tf.add(tf.mul(weight, images), tf.mul(tf.sub(1, weight), partners)) as T;
  });
}

/**
 * The left and top edges of the multi-crop teacher's windows of `window` pixels in an image of `size` pixels, in
 * steps of one pixel without the last (16 windows of 28 in 32 pixels, 1,024 of 224 in 256).
 */
export function windowOffsets(size: number, window: number): { readonly x: number; readonly y: number }[] {
  const steps = Math.max(1, size - window);
  return Array.from({ length: steps ** 2 }, (_, i) => ({ x: i % steps, y: Math.floor(i / steps) }));
}
