import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "../../backend/backend";
import { programOver } from "../../backend/program";
import type { ResidentTensor } from "../../backend/resident-tensor";
import { packInto } from "../../backend/slab";

/**
 * Writes numbers into one line of a table, in place. To be run inside a tidy.
 *
 * @param table [lines, width]
 * @param numbers `width` scalars
 * @param scalars a flat tensor with the index of the line at `lineIndex`, so that each replay can write another line
 */
export function writeLine(
  table: ResidentTensor<tf.Tensor2D>,
  numbers: readonly tf.Scalar[],
  scalars: tf.Tensor1D,
  lineIndex: number,
): void {
  const [lines, width] = table.tensor.shape;
  const backend = trainingBackend();
  if (!backend) {
    const line = tf.slice(scalars, lineIndex, 1);
    const isWritten = tf.expandDims(tf.equal(tf.range(0, lines), line), 1);
    table.copyFrom(tf.where(isWritten, tf.stack([...numbers]), table.tensor));
    return;
  }
  const row = backend.output([width]);
  packInto(
    backend,
    row,
    numbers.map((tensor, offset) => ({ tensor, offset })),
  );
  const body = `  table[i32(scalars[${lineIndex}]) * ${width} + index] = row[index];`;
  const program = programOver("table line", ["row", "scalars"], ["table"], width, body);
  backend.run(program, [row, scalars, table.tensor]);
  backend.disposeData(row.dataId);
}
