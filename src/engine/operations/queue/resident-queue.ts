import type * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../../backend/resident-tensor";
import type { Random } from "../../math/random";
import type { Target } from "../../math/target";
import { enqueue, randomQueue } from "./queue";

/** A queue of embeddings that outlives the steps. Dispose it. */
export class ResidentQueue {
  private readonly held: {
    readonly rows: ResidentTensor<Target>;
    readonly pointer: ResidentTensor<tf.Scalar>;
  };

  /** Starts with random directions. @param dimension of an embedding */
  constructor(capacity: number, dimension: number, random: Random) {
    const { rows, pointer } = randomQueue(capacity, dimension, random);
    this.held = { rows: ResidentTensor.of(rows), pointer: ResidentTensor.of(pointer) };
  }

  /** [capacity, dimension], of unit length, as they were before anything enters in this step. */
  get rows(): Target {
    return this.held.rows.tensor;
  }

  /** Where the next rows go. */
  get pointer(): tf.Scalar {
    return this.held.pointer.tensor;
  }

  /** Rows replace the oldest ones. Run inside a tidy, after whatever reads the queue as it was. */
  enter(rows: tf.Tensor2D): void {
    const next = enqueue(this, rows);
    this.held.rows.copyFrom(next.rows);
    this.held.pointer.copyFrom(next.pointer);
  }

  dispose(): void {
    this.held.rows.dispose();
    this.held.pointer.dispose();
  }
}
