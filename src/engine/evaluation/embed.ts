import * as tf from "@tensorflow/tfjs-core";
import type { Backbone } from "../networks/backbone";
import { renderPlain } from "../views/render-views";
import type { ResidentImages } from "../views/resident-images";

/** Images of one forward pass. The last, ragged chunk is filled up, so that all chunks share one set of kernels. */
const chunkSize = 250;

/**
 * Encoder features of images as they are, batch norm with its running statistics.
 *
 * @param indices into `images`
 * @returns [indices.length, features]; the caller owns it
 */
export function embedImages(backbone: Backbone, images: ResidentImages, indices: Int32Array): tf.Tensor2D {
  return inChunks(indices, (chunk) => backbone.features(renderPlain(images, chunk), { kind: "evaluate" }));
}

/** Normalised pixels, flat: the floor that an encoder has to beat. [indices.length, pixels]. */
export function flattenImages(images: ResidentImages, indices: Int32Array): tf.Tensor2D {
  return inChunks(indices, (chunk) => {
    const x = renderPlain(images, chunk);
    return tf.reshape(x, [x.shape[0], -1]);
  });
}

function inChunks(indices: Int32Array, rowsOf: (chunk: tf.Tensor1D) => tf.Tensor2D): tf.Tensor2D {
  const size = Math.min(chunkSize, indices.length);
  return tf.tidy(() => {
    const parts: tf.Tensor2D[] = [];
    for (let start = 0; start < indices.length; start += size) {
      const chunk = new Int32Array(size);
      chunk.set(indices.subarray(start, start + size));
      const rows = tf.tidy(() => rowsOf(tf.tensor1d(chunk, "int32")));
      const wanted = Math.min(size, indices.length - start);
      parts.push(wanted === size ? rows : tf.slice(rows, [0, 0], [wanted, rows.shape[1]]));
    }
    return parts.length === 1 ? tf.clone(parts[0] as tf.Tensor2D) : tf.concat(parts);
  });
}

/**
 * Sets batch norm's running statistics to those of `indices`, as the untrained encoder's second floor wants them.
 */
export function calibrate(backbone: Backbone, images: ResidentImages, indices: Int32Array): void {
  tf.tidy(() => {
    const x = renderPlain(images, tf.tensor1d(indices, "int32"));
    backbone.features(x, { kind: "train", groups: 1, keep: 0 });
  });
}
