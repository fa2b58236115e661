import * as tf from "@tensorflow/tfjs-core";

/** Wide enough that float32's rounding stays small beside the difference, narrow enough for its error of order h². */
const halfStep = 1e-2;

/**
 * How far the gradient of a loss at `x` is from central differences, over a few random directions of unit length: the
 * largest error, relative where the slope is above 1.
 */
export async function gradientError<T extends tf.Tensor>(loss: (x: T) => tf.Scalar, x: T): Promise<number> {
  const gradient = tf.grad((at) => loss(at as T))(x);
  const slopes: tf.Tensor[] = [];
  for (const seed of [11, 12, 13]) {
    const random = tf.randomNormal(x.shape, 0, 1, "float32", seed);
    const direction = tf.div(random, tf.norm(random));
    const at = (step: number) => loss(tf.add(x, tf.mul(step, direction)) as T);
    const difference = tf.div(tf.sub(at(halfStep), at(-halfStep)), 2 * halfStep);
    slopes.push(tf.stack([tf.sum(tf.mul(gradient, direction)), difference]));
  }
  const pairs = (await tf.stack(slopes).array()) as [number, number][];
  // Math.max forgets no NaN.
  return Math.max(
    ...pairs.map(([slope, difference]) => Math.abs(slope - difference) / Math.max(1, Math.abs(difference))),
  );
}

/** Whether a gradient is zero in every number, not merely small. */
export async function isExactlyZero(gradient: tf.Tensor | undefined): Promise<boolean> {
  const values = await gradient?.data();
  return values !== undefined && values.length > 0 && Array.from(values).every((x) => x === 0);
}
