import * as tf from "@tensorflow/tfjs-core";
import type { ImageSet } from "../dataset/dataset";
import { trainingBackend } from "../kernels/backend";

/** Per channel, of pixels in [0, 1]. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Channels of one colour only would be divided by zero; a byte's step is the least that is told apart. */
const leastDeviation = 1 / 255;

/** Mean and standard deviation over all pixels. Take them from the training images. @throws RangeError without images */
export function normalisationOf({ pixels, channels, count }: ImageSet): Normalisation {
  if (count === 0) throw new RangeError("There are no images to take a mean of.");
  const perChannel = pixels.length / channels;
  const moments = Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    let squares = 0;
    for (let at = channel; at < pixels.length; at += channels) {
      const value = pixels[at] as number;
      sum += value;
      squares += value * value;
    }
    const mean = sum / perChannel;
    return { mean: mean / 255, std: Math.sqrt(Math.max(0, squares / perChannel - mean * mean)) / 255 };
  });
  return {
    mean: moments.map(({ mean }) => mean),
    std: moments.map(({ std }) => Math.max(std, leastDeviation)),
  };
}

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

  /** `normalisation` is the training part's for every part. @throws RangeError when the GPU has no room for as much */
  static upload(set: ImageSet, normalisation: Normalisation): ResidentImages {
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
