import * as tf from "@tensorflow/tfjs-core";

/** Half the step h of a central difference: large compared with float32's rounding, small for the error of order h². */
const halfStep = 1e-2;

/**
 * Compares the gradient of a loss at `x` with central differences along a few random directions of unit length. Returns
 * the largest error: absolute, or relative where the slope exceeds 1.
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
  // Math.max propagates NaN.
  return Math.max(
    ...pairs.map(([slope, difference]) => Math.abs(slope - difference) / Math.max(1, Math.abs(difference))),
  );
}

/** Returns true if every number of a gradient is exactly zero. */
export async function isExactlyZero(gradient: tf.Tensor | undefined): Promise<boolean> {
  const values = await gradient?.data();
  return values !== undefined && values.length > 0 && Array.from(values).every((x) => x === 0);
}
