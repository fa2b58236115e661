import * as tf from "@tensorflow/tfjs-core";

/**
 * The sum of tensors of one shape, added in order. tfjs's addN binds all of them to one WebGPU program; with more than
 * a program may bind, it silently computes nothing. Caller owns the result.
 *
 * @throws TypeError when there are no tensors
 */
export function sumOf<T extends tf.Tensor>(tensors: readonly T[]): T {
  return tf.tidy(() => tensors.reduce((total, tensor) => tf.add(total, tensor) as T));
}
