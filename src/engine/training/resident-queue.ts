import * as tf from "@tensorflow/tfjs-core";
import { compiledSteps } from "../compiled/compiled-steps";
import { trainingBackend } from "../kernels/backend";
import { type EmbeddingQueue, enqueue, randomQueue } from "../math/queue";
import type { Random } from "../math/random";
import type { Target } from "../math/target";

/** A queue of embeddings that outlives the steps and is changed in place, as a recorded step needs it. Dispose it. */
export class ResidentQueue {
  private state: EmbeddingQueue;

  /** Starts with random directions. @param dimension of an embedding */
  constructor(capacity: number, dimension: number, random: Random) {
    this.state = tf.tidy(() => {
      const { rows, pointer } = randomQueue(capacity, dimension, random);
      return { rows: tf.keep(rows), pointer: tf.keep(pointer) };
    });
    // Now, not within the step that is recorded: what is uploaded there belongs to the recording.
    for (const { dataId } of [this.state.rows, this.state.pointer]) trainingBackend()?.uploadToGPU(dataId);
  }

  /** [capacity, dimension], of unit length, as they were before anything enters in this step. */
  get rows(): Target {
    return this.state.rows;
  }

  /** Where the next rows go. */
  get pointer(): tf.Scalar {
    return this.state.pointer;
  }

  /** Rows replace the oldest ones. Run inside a tidy, after whatever reads the queue as it was. */
  enter(rows: tf.Tensor2D): void {
    const next = enqueue(this.state, rows);
    const backend = trainingBackend() ?? compiledSteps();
    if (backend) {
      backend.copyInPlace(next.rows, this.state.rows);
      backend.copyInPlace(next.pointer, this.state.pointer);
      return;
    }
    this.dispose();
    this.state = { rows: tf.keep(next.rows), pointer: tf.keep(next.pointer) };
  }

  dispose(): void {
    tf.dispose([this.state.rows, this.state.pointer]);
  }
}
