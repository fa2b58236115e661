import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "./backend";
import { type Numbers, ResidentTensor } from "./resident-tensor";
import { slabBlock } from "./slab";

/** A flat tensor of `size` numbers. */
export interface Upload {
  readonly size: number;
  readonly dtype: "float32" | "int32";
}

type Flat = ResidentTensor<tf.Tensor1D>;

/**
 * Flat tensors that are written before every step. On WebGPU they lie side by side, and one upload writes them all:
 * each has its own cost, whatever its size.
 *
 * Fill `numbers`, then {@link write}. The tensors must be read again at every step, as those of a {@link ResidentTensor}.
 */
export class Uploads<Name extends string> {
  /** The numbers to be written, in the layout of all tensors. */
  readonly numbers: Readonly<Record<Name, Numbers>>;
  private readonly bytes: ArrayBuffer;
  private readonly ends: Readonly<Record<Name, number>>;
  private readonly slab: Flat | undefined;
  private readonly parts: ReadonlyMap<Name, Flat>;

  /** @param plan the tensors, those that are written in every step first */
  constructor(plan: Readonly<Record<Name, Upload>>) {
    const names = Object.keys(plan) as Name[];
    const places = new Map<Name, { readonly start: number; readonly size: number }>();
    let words = 0;
    for (const name of names) {
      places.set(name, { start: words, size: plan[name].size });
      words += slabBlock * Math.ceil(plan[name].size / slabBlock);
    }
    const eachOf = <T>(what: (name: Name, start: number, size: number) => T) =>
      Object.fromEntries(
        [...places].map(([name, { start, size }]) => [name, what(name, start, size)]),
      ) as Record<Name, T>;
    this.bytes = new ArrayBuffer(4 * words);
    this.ends = eachOf((_, start, size) => start + size);
    this.numbers = eachOf((name, start, size) => {
      const Words = plan[name].dtype === "float32" ? Float32Array : Int32Array;
      return new Words(this.bytes, 4 * start, size);
    });
    const backend = trainingBackend();
    this.slab = backend && ResidentTensor.of(tf.tensor1d(new Float32Array(words)));
    const tensors = eachOf((name, start, size) => {
      if (!backend || !this.slab) return tf.tensor1d(this.numbers[name].slice(), plan[name].dtype);
      const info = backend.viewOf(this.slab.tensor, 4 * start, [size], plan[name].dtype);
      return tf.engine().makeTensorFromTensorInfo(info) as tf.Tensor1D;
    });
    this.parts = new Map(names.map((name) => [name, ResidentTensor.of(tensors[name])]));
  }

  /** The tensor of that name, owned by this object. */
  tensor(name: Name): tf.Tensor1D {
    return (this.parts.get(name) as Flat).tensor;
  }

  /** Writes the tensors up to and including `last`. Must not be called within a recorded step. */
  write(last: Name): void {
    const { bytes, ends, numbers, slab } = this;
    if (slab) {
      trainingBackend()?.writeInPlace(slab.tensor, new Float32Array(bytes, 0, ends[last]));
      return;
    }
    for (const [name, part] of this.parts) {
      // Other backends may keep the array that they are given.
      part.write(numbers[name].slice() as Numbers);
      if (name === last) return;
    }
  }

  dispose(): void {
    for (const part of this.parts.values()) part.dispose();
    this.slab?.dispose();
  }
}
