import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "./backend";

export type Numbers = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/**
 * A tensor that outlives the steps that read and change it. It is on the device from the start: what a recorded step
 * uploads belongs to its recording, so nothing that outlives the step may be uploaded there.
 *
 * On WebGPU its numbers change in place, and a recorded step finds the new ones when it is replayed. Other backends cannot
 * write into a tensor: there a change puts another one in its place, so `tensor` is to be read at every step.
 */
export class ResidentTensor<T extends tf.Tensor = tf.Tensor> {
  private constructor(private held: T) {}

  /** Takes over a tensor (a variable stays the same object whatever is written to it). */
  static of<T extends tf.Tensor>(tensor: T): ResidentTensor<T> {
    tf.keep(tensor);
    trainingBackend()?.uploadToGPU(tensor.dataId);
    return new ResidentTensor(tensor);
  }

  /** The numbers as they are now. It belongs to this object. */
  get tensor(): T {
    return this.held;
  }

  /**
   * Other numbers, from the CPU. Not within a step that is recorded.
   * @throws RangeError when their count is another
   */
  write(values: Numbers): void {
    const { held } = this;
    if (values.length !== held.size) {
      throw new RangeError(`${values.length} numbers cannot be written over [${held.shape}].`);
    }
    const backend = trainingBackend();
    if (backend) backend.writeInPlace(held, values);
    else this.exchange(tf.tensor(values, held.shape, held.dtype));
  }

  /**
   * The numbers of another tensor, which stays its owner's. May be a part of a recorded step.
   * @throws RangeError when their count is another
   */
  copyFrom(source: tf.Tensor): void {
    const { held } = this;
    if (source.dataId === held.dataId) return;
    const backend = trainingBackend();
    if (backend) backend.copyInPlace(source, held);
    else this.exchange(tf.reshape(source, held.shape));
  }

  dispose(): void {
    this.held.dispose();
  }

  /** Takes over `fresh`. */
  private exchange(fresh: tf.Tensor): void {
    const { held } = this;
    if (held instanceof tf.Variable) {
      held.assign(fresh);
      fresh.dispose();
      return;
    }
    held.dispose();
    this.held = tf.keep(fresh) as T;
  }
}
