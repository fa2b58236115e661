import * as tf from "@tensorflow/tfjs-core";
import type { ImageSet } from "../dataset/dataset";
import { trainingBackend } from "../kernels/backend";
import type { Normalisation } from "./normalisation";

/**
 * One part of a dataset where the steps can reach it without uploading anything: on WebGPU as packed bytes on the
 * GPU, elsewhere as it is. Whoever uploads it disposes of it.
 */
export class ResidentImages {
  private constructor(
    readonly set: ImageSet,
    readonly normalisation: Normalisation,
    /** Class indices, int32 [count]. */
    readonly labels: tf.Tensor1D,
    /** On WebGPU: four bytes an int32, the lowest first. */
    readonly packed: tf.Tensor1D | undefined,
  ) {}

  /**
   * `normalisation` is the training part's for every part.
   * @throws RangeError when it is of other channels, or when the GPU has no room for as much
   */
  static upload(set: ImageSet, normalisation: Normalisation): ResidentImages {
    const { mean, std } = normalisation;
    if (mean.length !== set.channels || std.length !== set.channels) {
      throw new RangeError(
        `Images of ${set.channels} channels, a normalisation of ${mean.length} means and ${std.length} deviations.`,
      );
    }
    const backend = trainingBackend();
    const labels = tf.keep(tf.tensor1d(set.labels, "int32"));
    if (!backend) return new ResidentImages(set, normalisation, labels, undefined);
    const limit = backend.device.limits.maxStorageBufferBindingSize;
    if (set.pixels.length > limit) {
      labels.dispose();
      throw new RangeError(`The images take ${set.pixels.length} bytes; this GPU takes ${limit} at once.`);
    }
    const packed = tf.keep(tf.tensor1d(packBytes(set.pixels), "int32"));
    // Now, not at first use: that may be within a recorded step, whose uploads belong to the recording.
    for (const tensor of [labels, packed]) backend.uploadToGPU(tensor.dataId);
    return new ResidentImages(set, normalisation, labels, packed);
  }

  dispose(): void {
    this.labels.dispose();
    this.packed?.dispose();
  }
}

function packBytes(bytes: Uint8Array): Int32Array {
  const words = new Int32Array(Math.max(1, Math.ceil(bytes.length / 4)));
  new Uint8Array(words.buffer).set(bytes);
  return words;
}
