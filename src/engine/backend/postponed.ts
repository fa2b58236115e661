import type * as tf from "@tensorflow/tfjs-core";

/** A tensor that is computed only when something reads it. */
interface Postponed {
  /** Computes it, and disposes of what it is computed from. */
  readonly finish: () => void;
  /** Disposes of what it would be computed from. */
  readonly drop: () => void;
  /** The parts of which it is the sum, [parts, size]. */
  readonly sums: tf.TensorInfo;
}

/** Tensors that are left to be computed, by their data. */
export class PostponedTensors {
  private readonly known = new Map<object, Postponed>();

  /** Leaves a tensor to be computed when something reads it. */
  add({ dataId }: tf.TensorInfo, postponed: Postponed): void {
    this.known.set(dataId, postponed);
  }

  has(dataId: object): boolean {
    return this.known.has(dataId);
  }

  /** Hands the parts of a postponed tensor to the caller, who adds them up and owns them; undefined if it is computed. */
  take({ dataId }: tf.TensorInfo): tf.TensorInfo | undefined {
    return this.remove(dataId)?.sums;
  }

  /** Computes a tensor now, if it was postponed. */
  finish(dataId: object): void {
    this.remove(dataId)?.finish();
  }

  /** Disposes of what a postponed tensor would be computed from. */
  drop(dataId: object): void {
    this.remove(dataId)?.drop();
  }

  private remove(dataId: object): Postponed | undefined {
    const postponed = this.known.get(dataId);
    this.known.delete(dataId);
    return postponed;
  }
}
