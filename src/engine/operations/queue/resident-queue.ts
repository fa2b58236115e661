import type * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../../backend/resident-tensor";
import type { Random } from "../../math/random";
import type { Target } from "../../math/target";
import { enqueue, randomQueue } from "./queue";

/** A queue of embeddings that outlives steps. Dispose it. */
export class ResidentQueue {
  private readonly state: {
    readonly rows: ResidentTensor<Target>;
    readonly pointer: ResidentTensor<tf.Scalar>;
  };

  /** Starts with random directions. @param dimension the length of an embedding */
  constructor(capacity: number, dimension: number, random: Random) {
    const { rows, pointer } = randomQueue(capacity, dimension, random);
    this.state = { rows: ResidentTensor.of(rows), pointer: ResidentTensor.of(pointer) };
  }

  /** The rows [capacity, dimension], of unit length, as they are before this step's {@link enter}. */
  get rows(): Target {
    return this.state.rows.tensor;
  }

  /** The index of the next row to replace. */
  get pointer(): tf.Scalar {
    return this.state.pointer.tensor;
  }

  /** Replaces the oldest rows by `rows` [batch, dimension]. To be run in a tidy, after all reads of the old queue. */
  enter(rows: tf.Tensor2D): void {
    const next = enqueue(this, rows);
    this.state.rows.copyFrom(next.rows);
    this.state.pointer.copyFrom(next.pointer);
  }

  dispose(): void {
    this.state.rows.dispose();
    this.state.pointer.dispose();
  }
}
