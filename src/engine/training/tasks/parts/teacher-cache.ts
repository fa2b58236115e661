import * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../../../backend/resident-tensor";
import { compileRows } from "../../../compiled/compiled-rows";
import { compiledSteps } from "../../../compiled/in-use";
import { type Target, target } from "../../../math/target";
import type { TaskContext } from "./task";

/** The number of tensors that are concatenated at once, limited by a program's bindings. */
const joined = 4;

/**
 * A teacher's logits for every training image, computed once. They equal those of every step only if the teacher
 * always sees the same view of an image, and independently of the batch: with fixed crops and running statistics.
 */
export class TeacherCache {
  /** [training images, classes] */
  private constructor(private readonly logits: ResidentTensor<tf.Tensor2D>) {}

  /**
   * @param logitsOf computes the logits of a batch of indices, [batch, classes]; called with batches of the steps'
   *   size
   */
  static fill({ images, inputs }: TaskContext, logitsOf: (batch: tf.Tensor1D) => Target): TeacherCache {
    const { count } = images.set;
    const size = inputs.batch.size;
    const steps = compiledSteps();
    const made = steps && compileRows(steps, size, (batch) => logitsOf(batch) as tf.Tensor2D);
    const compiled = made && !("reason" in made) ? made : undefined;
    const logits = tf.tidy(() => {
      const parts = Array.from({ length: Math.ceil(count / size) }, (_, part) =>
        tf.tidy(() => {
          // The last batch is filled up with the first images.
          const indices = Int32Array.from({ length: size }, (_, i) => (part * size + i) % count);
          images.hold(indices);
          return compiled?.of(indices) ?? (logitsOf(tf.tensor1d(indices, "int32")) as tf.Tensor2D);
        }),
      );
      return tf.slice(joinedRows(parts), [0, 0], [count, -1]);
    });
    compiled?.release();
    return new TeacherCache(ResidentTensor.of(logits));
  }

  /** The cached logits of a batch, [batch, classes]. Run inside a tidy. */
  of(batch: tf.Tensor1D): Target {
    return target(tf.gather(this.logits.tensor, batch) as tf.Tensor2D);
  }

  dispose(): void {
    this.logits.dispose();
  }
}

function joinedRows(parts: readonly tf.Tensor2D[]): tf.Tensor2D {
  const [only, ...others] = parts;
  if (only && others.length === 0) return only;
  const groups = Array.from({ length: Math.ceil(parts.length / joined) }, (_, group) =>
    tf.concat(parts.slice(group * joined, (group + 1) * joined)),
  );
  return joinedRows(groups);
}
