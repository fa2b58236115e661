import * as tf from "@tensorflow/tfjs-core";
import type { ImageSet } from "../dataset/dataset";
import { trainingBackend } from "../kernels/backend";
import { ImageWindow } from "./image-window";
import type { Normalization } from "./normalization";

/** Of one part; a GPU that binds less at once is given less. */
const BUDGET_BYTES = 512 * 1024 ** 2;

/**
 * One part of a dataset where the steps can reach it: on WebGPU as packed bytes on the GPU, all of them or, where there
 * are too many, those of the next steps; elsewhere as it is. Whoever uploads it disposes of it.
 */
export class ResidentImages {
  private constructor(
    readonly set: ImageSet,
    readonly normalization: Normalization,
    /** Class indices, int32 [count]. */
    readonly labels: tf.Tensor1D,
    /** On WebGPU: four bytes an int32, the lowest first. */
    readonly packed: tf.Tensor1D | undefined,
    /** Where not all are held: which are. */
    readonly window: ImageWindow | undefined,
  ) {}

  /**
   * `normalization` is the training part's for every part.
   * @param budgetBytes what is more than this is held in turns
   * @throws RangeError when it is of other channels
   */
  static upload(set: ImageSet, normalization: Normalization, budgetBytes = BUDGET_BYTES): ResidentImages {
    const { mean, std } = normalization;
    if (mean.length !== set.channels || std.length !== set.channels) {
      throw new RangeError(
        `Images of ${set.channels} channels, a normalization of ${mean.length} means and ${std.length} deviations.`,
      );
    }
    const backend = trainingBackend();
    const labels = tf.keep(tf.tensor1d(set.labels, "int32"));
    if (!backend) return new ResidentImages(set, normalization, labels, undefined, undefined);
    const { maxStorageBufferBindingSize, maxBufferSize } = backend.device.limits;
    const budget = Math.min(budgetBytes, maxStorageBufferBindingSize, maxBufferSize);
    const window = set.pixels.length > budget ? new ImageWindow(set, budget) : undefined;
    const packed = window?.packed ?? tf.keep(tf.tensor1d(packBytes(set.pixels), "int32"));
    // Now, not at first use: that may be within a recorded step, whose uploads belong to the recording.
    for (const tensor of [labels, packed, window?.places]) if (tensor) backend.uploadToGPU(tensor.dataId);
    return new ResidentImages(set, normalization, labels, packed, window);
  }

  /**
   * To be called before images are rendered: sees to it that those of `batch` are held, and while it is at it, those of
   * the batches that follow. @throws RangeError when there is no room for one batch
   */
  hold(batch: ArrayLike<number>, following: Iterable<ArrayLike<number>> = []): void {
    this.window?.hold(batch, following);
  }

  dispose(): void {
    this.labels.dispose();
    this.packed?.dispose();
    this.window?.dispose();
  }
}

function packBytes(bytes: Uint8Array): Int32Array {
  const words = new Int32Array(Math.max(1, Math.ceil(bytes.length / 4)));
  new Uint8Array(words.buffer).set(bytes);
  return words;
}
