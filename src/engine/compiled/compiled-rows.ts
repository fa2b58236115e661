import * as tf from "@tensorflow/tfjs-core";
import type { Refusal, StepCompiler } from "./step-compiler";

/** A function of a fixed number of indices, such as the features of some images, compiled once. */
export interface CompiledRows {
  /** Computes the rows of `indices`, as many as it was compiled for; the caller owns them. */
  of(indices: Int32Array): tf.Tensor2D;
  /** Gives back its memory. It must not be asked afterwards. */
  release(): void;
}

/**
 * Compiles a function that reads tensors and changes none.
 * @param rowsOf returns as many rows as there are indices, int32 [count]; runs inside a tidy
 */
export function compileRows(
  steps: StepCompiler,
  count: number,
  rowsOf: (indices: tf.Tensor1D) => tf.Tensor2D,
): CompiledRows | Refusal {
  const indices = tf.keep(tf.tensor1d(new Int32Array(count), "int32"));
  let rows: tf.Tensor2D | undefined;
  const step = steps.compile(() => {
    const found = rowsOf(indices);
    rows = steps.besides(() => tf.keep(tf.zeros<tf.Rank.R2>(found.shape)));
    steps.copyInPlace(found, rows);
  });
  const dispose = () => tf.dispose(rows ? [indices, rows] : [indices]);
  if ("reason" in step) {
    dispose();
    return step;
  }
  const result = rows as unknown as tf.Tensor2D;
  return {
    of: (wanted) => {
      if (wanted.length !== count)
        throw new RangeError(`${wanted.length} indices; it was compiled for ${count}.`);
      steps.writeInPlace(indices, Int32Array.from(wanted));
      steps.run(step);
      return tf.tensor2d(result.dataSync(), result.shape);
    },
    release: () => {
      step.release();
      dispose();
    },
  };
}
