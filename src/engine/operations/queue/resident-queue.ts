import type * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../../backend/resident-tensor";
import type { Random } from "../../math/random";
import type { Target } from "../../math/target";
import { enqueue, randomQueue } from "./queue";

/** A queue of embeddings that outlives the steps. Dispose it. */
export class ResidentQueue {
  private readonly state: {
    readonly rows: ResidentTensor<Target>;
    readonly pointer: ResidentTensor<tf.Scalar>;
  };

  /** Starts with random directions. @param dimension of an embedding */
  constructor(capacity: number, dimension: number, random: Random) {
    const { rows, pointer } = randomQueue(capacity, dimension, random);
    this.state = { rows: ResidentTensor.of(rows), pointer: ResidentTensor.of(pointer) };
  }

  /** [capacity, dimension], of unit length, as they were before anything enters in this step. */
  get rows(): Target {
    return this.state.rows.tensor;
  }

  /** Where the next rows go. */
  get pointer(): tf.Scalar {
    return this.state.pointer.tensor;
  }

  /** Rows replace the oldest ones. Run inside a tidy, after whatever reads the queue as it was. */
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
