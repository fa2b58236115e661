import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../../math/random";
import { l2Normalize } from "../../math/similarities";
import { type Target, target } from "../../math/target";

/**
 * A first-in-first-out queue of embeddings (He et al. 2020, MoCo, §3.2) as a value: rows of unit length and the index of
 * the next row to replace. The pointer is a tensor, so that a replayed step reads its new value.
 */
export type EmbeddingQueue = {
  /** [K, d], each row of unit length. */
  readonly rows: Target;
  /** In [0, K); float32, exact below 2²⁴. */
  readonly pointer: tf.Scalar;
};

/** Creates a queue of the given rows [K, d], scaled to unit length. Caller owns the tensors. */
export function queueOf(rows: tf.Tensor2D, pointer = 0): EmbeddingQueue {
  return { rows: tf.tidy(() => target(l2Normalize(rows))), pointer: tf.scalar(pointer) };
}

/** Creates a queue of `capacity` random directions, uniform on the sphere, the usual start. Caller owns the tensors. */
export function randomQueue(capacity: number, dimension: number, random: Random): EmbeddingQueue {
  const normals = tf.tensor2d(random.normals(capacity * dimension), [capacity, dimension]);
  const queue = queueOf(normals);
  normals.dispose();
  return queue;
}

/**
 * Returns the queue after `rows`, scaled to unit length, have replaced the oldest ones, wrapping at the end, and the
 * pointer has advanced. Losses use the queue before this. Caller owns the result; the old queue stays alive.
 *
 * @param rows [batch, d], batch ≤ K
 * @throws RangeError when the batch is larger than the queue
 */
export function enqueue(queue: EmbeddingQueue, rows: tf.Tensor2D): EmbeddingQueue {
  const [capacity] = queue.rows.shape;
  const [batch] = rows.shape;
  if (batch > capacity) throw new RangeError(`A queue of ${capacity} rows cannot take ${batch} at once.`);
  return tf.tidy(() => {
    // Row i gets the new row at its distance past the pointer, if there is one.
    const distance = tf.mod(tf.sub(tf.range(0, capacity), queue.pointer), capacity);
    const incoming = tf.gather(l2Normalize(rows), tf.cast(tf.minimum(distance, batch - 1), "int32"));
    const replaced = tf.expandDims(tf.less(distance, batch), 1);
    return {
      rows: target(tf.where(replaced, incoming, queue.rows)),
      pointer: tf.mod(tf.add(queue.pointer, batch), capacity) as tf.Scalar,
    };
  });
}
