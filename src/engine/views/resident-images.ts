import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "../backend/backend";
import { ResidentTensor } from "../backend/resident-tensor";
import type { ImageSet } from "../dataset/dataset";
import { shrunk } from "../dataset/pixels/shrunk";
import { BATCHES_AHEAD, ImageWindow } from "./image-window";
import type { Normalization } from "./normalization";

/** Bytes of one part on the GPU at most; less if the GPU's binding limit is lower. */
const BUDGET_BYTES = 512 * 1024 ** 2;

/**
 * One part of a dataset, ready for training steps: on WebGPU as packed bytes on the GPU (all images or, if there are
 * too many, those of the next steps), elsewhere in memory. The caller disposes of it.
 */
export class ResidentImages {
  /** The same images at more pixels per side, by the side of views that they are for. */
  private readonly details = new Map<number, ResidentImages>();
  private readonly endings: (() => void)[] = [];

  private constructor(
    readonly set: ImageSet,
    readonly normalization: Normalization,
    private readonly residentLabels: ResidentTensor<tf.Tensor1D>,
    private readonly residentBytes: ResidentTensor<tf.Tensor1D> | undefined,
    /** Where not all are held: which are. */
    readonly window: ImageWindow | undefined,
    private readonly budgetBytes: number,
  ) {}

  /**
   * Uploads a part. Every part uses the training part's `normalization`.
   * @param budgetBytes a larger part is uploaded in turns
   * @throws RangeError if the normalization has another number of channels
   */
  static upload(set: ImageSet, normalization: Normalization, budgetBytes = BUDGET_BYTES): ResidentImages {
    const { mean, std } = normalization;
    if (mean.length !== set.channels || std.length !== set.channels) {
      throw new RangeError(
        `Images have ${set.channels} channels, but the normalization has ${mean.length} means and ${std.length} deviations.`,
      );
    }
    const backend = trainingBackend();
    const labels = ResidentTensor.of(tf.tensor1d(set.labels, "int32"));
    if (!backend) return new ResidentImages(set, normalization, labels, undefined, undefined, budgetBytes);
    const { maxStorageBufferBindingSize, maxBufferSize } = backend.device.limits;
    const budget = Math.min(budgetBytes, maxStorageBufferBindingSize, maxBufferSize);
    const window = set.pixels.length > budget ? new ImageWindow(set, budget) : undefined;
    const bytes = window ? undefined : ResidentTensor.of(tf.tensor1d(packBytes(set.pixels), "int32"));
    return new ResidentImages(set, normalization, labels, bytes, window, budgetBytes);
  }

  /**
   * Uploads the images at more pixels as well, where the set has them, for views with this many pixels per side. Must
   * not be called within a recorded step.
   */
  prepare(side: number): void {
    const { detail, size } = this.set;
    if (!detail || side <= size || this.details.has(side)) return;
    this.details.set(side, ResidentImages.upload(shrunk(detail, side), this.normalization, this.budgetBytes));
  }

  /** The images that views of this side are rendered from. */
  for(side: number): ResidentImages {
    return this.details.get(side) ?? this;
  }

  /** The same images for views with another normalization. It shares what is on the device and must not be disposed of. */
  normalizedBy(normalization: Normalization): ResidentImages {
    const { set, residentLabels, residentBytes, window, budgetBytes } = this;
    const made = new ResidentImages(set, normalization, residentLabels, residentBytes, window, budgetBytes);
    for (const [side, detail] of this.details) made.details.set(side, detail.normalizedBy(normalization));
    return made;
  }

  /** Class indices, int32 [count]. */
  get labels(): tf.Tensor1D {
    return this.residentLabels.tensor;
  }

  /** On WebGPU: four bytes an int32, the lowest first. */
  get packed(): tf.Tensor1D | undefined {
    return this.window?.packed ?? this.residentBytes?.tensor;
  }

  /**
   * Makes the images of `batch` available, and those of the following batches as far as there is room. Call before
   * rendering.
   * @throws RangeError if there is no room for one batch
   */
  hold(batch: ArrayLike<number>, following: Iterable<ArrayLike<number>> = []): void {
    if (this.details.size === 0) {
      this.window?.hold(batch, following);
      return;
    }
    // Each set reads them, and they may come only once.
    const ahead: ArrayLike<number>[] = [];
    for (const next of following) if (ahead.push(next) >= BATCHES_AHEAD) break;
    for (const { window } of [this, ...this.details.values()]) window?.hold(batch, ahead);
  }

  /** Calls `ending` before the images are disposed of, for whatever was made for them. */
  whenDisposed(ending: () => void): void {
    this.endings.push(ending);
  }

  dispose(): void {
    for (const ending of this.endings.splice(0)) ending();
    for (const detail of this.details.values()) detail.dispose();
    this.residentLabels.dispose();
    this.residentBytes?.dispose();
    this.window?.dispose();
  }
}

function packBytes(bytes: Uint8Array): Int32Array {
  const words = new Int32Array(Math.max(1, Math.ceil(bytes.length / 4)));
  new Uint8Array(words.buffer).set(bytes);
  return words;
}
