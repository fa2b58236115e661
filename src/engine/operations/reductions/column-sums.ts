import * as tf from "@tensorflow/tfjs-core";
import { gradientInParts, gradientOutput } from "../../backend/gradient-homes";
import { defineOperation } from "../../backend/operation";
import { sumOverMiddle } from "./reductions";

interface Rows {
  readonly rows: number;
  readonly columns: number;
}

/** The most rows that are added up together with the parts of other gradients, where few invocations share them. */
const mostParts = 256;

const runColumnSums = defineOperation<"x", Rows>(["x"], {
  name: "RetortColumnSums",
  gpu: (backend, { x }, { rows, columns }) => {
    const sum = (output: () => tf.TensorInfo) =>
      sumOverMiddle(backend, x, [1, rows, columns], [columns], { output });
    if (rows > mostParts) return [sum(() => gradientOutput(backend, [columns]))];
    // The rows are kept until they are added up together with other gradients.
    backend.incRef(x.dataId);
    return [gradientInParts(backend, [columns], x, (gradient) => sum(() => gradient))];
  },
  reference: ({ x }) => [tf.sum(x, 0)],
});

/** The sum of all rows, added in order. [rows, columns] → [columns]; the caller owns it. */
export function columnSums(x: tf.Tensor2D): tf.Tensor1D {
  const [rows, columns] = x.shape;
  return runColumnSums({ x }, { rows, columns })[0] as tf.Tensor1D;
}
