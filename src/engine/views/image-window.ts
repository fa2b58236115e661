import * as tf from "@tensorflow/tfjs-core";
import { type ImageSet, imageBytes } from "../dataset/dataset";
import { type TrainingBackend, trainingBackend } from "../kernels/backend";

/** Batches uploaded in advance: one large upload is cheaper than one for each step. */
const BATCHES_AHEAD = 64;

/** Marks an image that is not on the GPU. */
const ABSENT = -1;

/**
 * A set of images of which only a part is on the GPU at a time. A table maps each image to its place, so that a
 * recorded step finds it; images that are missing are uploaded in place before they are needed. The caller disposes
 * of it.
 */
export class ImageWindow {
  /** Pixel bytes, four in each int32, the lowest first; `capacity` images. */
  readonly packed: tf.Tensor1D;
  /** The place of each image within `packed`, int32 [count]; −1 if it is absent. */
  readonly places: tf.Tensor1D;
  readonly capacity: number;
  private readonly table: Int32Array<ArrayBuffer>;
  private uploads = 0;

  constructor(
    private readonly set: ImageSet,
    budgetBytes: number,
  ) {
    const bytes = imageBytes(set);
    this.capacity = Math.min(set.count, Math.floor(budgetBytes / bytes));
    this.table = new Int32Array(set.count).fill(ABSENT);
    this.packed = tf.keep(tf.zeros([Math.max(1, Math.ceil((this.capacity * bytes) / 4))], "int32"));
    this.places = tf.keep(tf.tensor1d(this.table, "int32"));
  }

  /** The number of uploads so far. */
  get uploadCount(): number {
    return this.uploads;
  }

  /**
   * Uploads the images of these indices unless all of them are present, together with as many of the following
   * batches as fit.
   * @throws RangeError if there is no room for `wanted` alone
   */
  hold(wanted: ArrayLike<number>, following: Iterable<ArrayLike<number>>): void {
    const backend = trainingBackend();
    if (!backend || Array.from(wanted).every((image) => this.table[image] !== ABSENT)) return;
    const chosen = new Set(Array.from(wanted));
    if (chosen.size > this.capacity) {
      throw new RangeError(
        `A batch of ${chosen.size} images does not fit: the GPU has room for ${this.capacity} at once.`,
      );
    }
    let ahead = 0;
    for (const batch of following) {
      if (ahead++ >= BATCHES_AHEAD || chosen.size + batch.length > this.capacity) break;
      for (const image of Array.from(batch)) chosen.add(image);
    }
    this.upload(backend, chosen);
  }

  private upload(backend: TrainingBackend, chosen: ReadonlySet<number>): void {
    const bytes = imageBytes(this.set);
    const words = new Int32Array(Math.ceil((chosen.size * bytes) / 4));
    const content = new Uint8Array(words.buffer);
    this.table.fill(ABSENT);
    let place = 0;
    for (const image of chosen) {
      content.set(this.set.pixels.subarray(image * bytes, (image + 1) * bytes), place * bytes);
      this.table[image] = place++;
    }
    backend.writeInPlace(this.packed, words);
    backend.writeInPlace(this.places, this.table);
    this.uploads++;
  }

  dispose(): void {
    tf.dispose([this.packed, this.places]);
  }
}
