import * as tf from "@tensorflow/tfjs-core";
import { type TrainingBackend, trainingBackend } from "../backend/backend";
import { ResidentTensor } from "../backend/resident-tensor";
import { type ImageSet, imageBytes } from "../dataset/dataset";

/** Batches uploaded in advance: one large upload is cheaper than one for each step. */
export const BATCHES_AHEAD = 64;

/** Marks an image that is not on the GPU. */
const ABSENT = -1;

/**
 * A set of images of which only a part is on the GPU at a time. A table maps each image to its place, so that a
 * recorded step finds it; images that are missing are uploaded in place before they are needed. The caller disposes
 * of it.
 */
export class ImageWindow {
  private readonly bytes: ResidentTensor<tf.Tensor1D>;
  private readonly where: ResidentTensor<tf.Tensor1D>;
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
    this.bytes = ResidentTensor.of(tf.zeros([Math.max(1, Math.ceil((this.capacity * bytes) / 4))], "int32"));
    this.where = ResidentTensor.of(tf.tensor1d(this.table, "int32"));
  }

  /** Four bytes an int32, the lowest first: as many images as there is room for. */
  get packed(): tf.Tensor1D {
    return this.bytes.tensor;
  }

  /** Where each image lies, int32 [count]. */
  get places(): tf.Tensor1D {
    return this.where.tensor;
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
    this.where.write(this.table);
    this.uploads++;
  }

  dispose(): void {
    this.bytes.dispose();
    this.where.dispose();
  }
}
