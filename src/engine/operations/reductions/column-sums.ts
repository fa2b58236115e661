import * as tf from "@tensorflow/tfjs-core";
import { gradientOutput } from "../../backend/gradient-homes";
import { defineOperation } from "../../backend/operation";
import { sumOverMiddle } from "./reductions";

interface Rows {
  readonly rows: number;
  readonly columns: number;
}

const runColumnSums = defineOperation<"x", Rows>(["x"], {
  name: "RetortColumnSums",
  gpu: (backend, { x }, { rows, columns }) => [
    sumOverMiddle(backend, x, [1, rows, columns], [columns], {
      output: () => gradientOutput(backend, [columns]),
    }),
  ],
  reference: ({ x }) => [tf.sum(x, 0)],
});

/** The sum of all rows, added in order. [rows, columns] → [columns]; the caller owns it. */
export function columnSums(x: tf.Tensor2D): tf.Tensor1D {
  const [rows, columns] = x.shape;
  return runColumnSums({ x }, { rows, columns })[0] as tf.Tensor1D;
}
