import * as tf from "@tensorflow/tfjs-core";
import { compiledSteps } from "../compiled/in-use";
import { trainingBackend } from "./backend";

export type Numbers = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/**
 * A tensor that outlives the steps that read and change it. It is uploaded to the device at once: a buffer uploaded
 * during a recorded step belongs to the recording, so a tensor that outlives the step must not be uploaded there.
 *
 * On WebGPU and where steps are compiled its numbers change in place, and the next step reads the new ones. Other backends
 * cannot write into a tensor: there a change replaces it, so `tensor` must be read again at every step.
 */
export class ResidentTensor<T extends tf.Tensor = tf.Tensor> {
  private constructor(private held: T) {}

  /** Takes ownership of a tensor. A variable stays the same object whatever is written to it. */
  static of<T extends tf.Tensor>(tensor: T): ResidentTensor<T> {
    tf.keep(tensor);
    trainingBackend()?.uploadToGPU(tensor.dataId);
    return new ResidentTensor(tensor);
  }

  /** The tensor with the current numbers, owned by this object. */
  get tensor(): T {
    return this.held;
  }

  /**
   * Replaces the numbers with `values` from the CPU. Must not be called within a recorded step.
   * @throws RangeError when their count differs from the tensor's size
   */
  write(values: Numbers): void {
    const { held } = this;
    if (values.length !== held.size) {
      throw new RangeError(`${values.length} numbers cannot be written over [${held.shape}].`);
    }
    const backend = inPlace();
    if (backend) backend.writeInPlace(held, values);
    else this.exchange(tf.tensor(values, held.shape, held.dtype));
  }

  /**
   * Replaces the numbers with those of `source`, which the caller keeps. May be part of a recorded step.
   * @throws RangeError when the sizes differ
   */
  copyFrom(source: tf.Tensor): void {
    const { held } = this;
    if (source.dataId === held.dataId) return;
    const backend = inPlace();
    if (backend) backend.copyInPlace(source, held);
    else this.exchange(tf.reshape(source, held.shape));
  }

  dispose(): void {
    this.held.dispose();
  }

  /** Replaces the tensor with `fresh` and takes ownership of it. */
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

/** Returns what can overwrite the numbers of a tensor, if anything can. */
const inPlace = () => trainingBackend() ?? compiledSteps();
