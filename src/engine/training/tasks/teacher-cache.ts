import * as tf from "@tensorflow/tfjs-core";
import { type Target, target } from "../../math/target";
import type { TaskContext } from "./task";

/** How many tensors are joined at once: few enough for one program's bindings. */
const joined = 4;

/**
 * What a teacher says of every training image, asked once. That is what it would say at every step only where it always
 * sees the same of an image and where the other images of a batch do not matter to it: a fixed crop, running statistics.
 */
export class TeacherCache {
  /** [training images, classes] */
  private constructor(private readonly logits: tf.Tensor2D) {}

  /** @param logitsOf what is to be kept of a batch, [batch, classes]; given batches of the size that steps have */
  static fill({ images, inputs }: TaskContext, logitsOf: (batch: tf.Tensor1D) => Target): TeacherCache {
    const { count } = images.set;
    const size = inputs.batch.size;
    const logits = tf.tidy(() => {
      const parts = Array.from({ length: Math.ceil(count / size) }, (_, part) =>
        tf.tidy(() => {
          // The last batch begins again with the first images.
          const indices = Int32Array.from({ length: size }, (_, i) => (part * size + i) % count);
          images.hold(indices);
          return logitsOf(tf.tensor1d(indices, "int32")) as tf.Tensor2D;
        }),
      );
      return tf.slice(joinedRows(parts), [0, 0], [count, -1]);
    });
    return new TeacherCache(tf.keep(logits));
  }

  /** What was kept of the images of a batch. Run inside a tidy. */
  of(batch: tf.Tensor1D): Target {
    return target(tf.gather(this.logits, batch) as tf.Tensor2D);
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
