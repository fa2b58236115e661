import * as tf from "@tensorflow/tfjs-core";
import { defineOperation } from "../../backend/operation";
import { perRun, programOver, relu, runsIn } from "../../backend/program";
import { columnSums } from "../reductions/column-sums";

interface Elements {
  readonly count: number;
}

const runAddRelu = defineOperation<"a" | "b", Elements>(["a", "b"], {
  name: "RetortAddRelu",
  gpu: (backend, { a, b }, { count }) => {
    const y = backend.output([...a.shape]);
    const body = perRun(
      count,
      `    let sum = a[i] + b[i];
    y[i] = ${relu("sum")};`,
    );
    backend.run(programOver("sum and ReLU", ["a", "b"], ["y"], runsIn(count), body), [a, b, y]);
    return [y];
  },
  reference: ({ a, b }) => [tf.relu(tf.add(a, b))],
  saveOutputs: [true],
  gradient: ([dy], { outputs: [y] }, elements) => {
    const [dx] = runGate({ dy: dy as tf.Tensor, y: y as tf.Tensor }, elements) as [tf.Tensor];
    // Both summands get the same gradient; the caller of each closure owns its result.
    return { a: () => dx, b: () => tf.clone(dx) };
  },
});

const runGate = defineOperation<"dy" | "y", Elements>(["dy", "y"], {
  name: "RetortReluGradient",
  gpu: (backend, { dy, y }, { count }) => {
    const dx = backend.output([...dy.shape]);
    const body = perRun(count, "    dx[i] = select(0.0, dy[i], y[i] > 0.0);");
    backend.run(programOver("ReLU gradient", ["dy", "y"], ["dx"], runsIn(count), body), [dy, y, dx]);
    return [dx];
  },
  reference: ({ dy, y }) => [tf.mul(dy, tf.step(y))],
});

/** max(a + b, 0), which joins a residual block and its shortcut, for equal shapes; the caller owns the result. */
export function addRelu<T extends tf.Tensor>(a: T, b: T): T {
  if (a.size !== b.size) throw new RangeError(`addRelu got [${a.shape}] and [${b.shape}].`);
  return runAddRelu({ a, b }, { count: a.size })[0] as T;
}

interface Rows {
  readonly rows: number;
  readonly columns: number;
}

const runAddBias = defineOperation<"x" | "bias", Rows>(["x", "bias"], {
  name: "RetortAddBias",
  gpu: (backend, { x, bias }, { rows, columns }) => {
    const y = backend.output([rows, columns]);
    const count = rows * columns;
    const body = perRun(count, `    y[i] = x[i] + bias[i % ${columns}];`);
    backend.run(programOver("bias", ["x", "bias"], ["y"], runsIn(count), body), [x, bias, y]);
    return [y];
  },
  reference: ({ x, bias }) => [tf.add(x, bias)],
  gradient: ([dy]) => ({
    x: () => tf.clone(dy as tf.Tensor),
    bias: () => columnSums(dy as tf.Tensor2D),
  }),
});

/** Adds a bias to every row. [rows, columns] + [columns] → [rows, columns]; the caller owns the result. */
export function addBias(x: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const [rows, columns] = x.shape;
  if (bias.size !== columns) throw new RangeError(`A bias of ${bias.size} does not fit [${x.shape}].`);
  return runAddBias({ x, bias }, { rows, columns })[0] as tf.Tensor2D;
}
