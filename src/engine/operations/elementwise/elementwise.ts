import * as tf from "@tensorflow/tfjs-core";
import { defineOperation } from "../../backend/operation";
import { perRun, programOver, relu, runsIn } from "../../backend/program";
import { allocate, numbersOf } from "../../backend/wasm/heap";
import { sumOverMiddle } from "../reductions/reductions";

/** Small steps of a network in one dispatch each, where tfjs takes several and a transpose. */

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
    // Both summands get the same gradient; each caller of a closure owns what it is given.
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

/** max(a + b, 0), where a residual block joins its shortcut. Same shapes; the caller owns the result. */
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
  gradient: ([dy], _, rows) => ({
    x: () => tf.clone(dy as tf.Tensor),
    bias: () => runColumnSums({ x: dy as tf.Tensor }, rows)[0] as tf.Tensor,
  }),
});

const runColumnSums = defineOperation<"x", Rows>(["x"], {
  name: "RetortColumnSums",
  gpu: (backend, { x }, { rows, columns }) => [sumOverMiddle(backend, x, [1, rows, columns], [columns])],
  reference: ({ x }) => [tf.sum(x, 0)],
});

/** Σ over the rows, in their order. [rows, columns] → [columns]; the caller owns it. */
export function columnSums(x: tf.Tensor2D): tf.Tensor1D {
  const [rows, columns] = x.shape;
  return runColumnSums({ x }, { rows, columns })[0] as tf.Tensor1D;
}

/** x + bias on every row. [rows, columns] + [columns]; the caller owns the result. */
export function addBias(x: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const [rows, columns] = x.shape;
  if (bias.size !== columns) throw new RangeError(`A bias of ${bias.size} does not fit [${x.shape}].`);
  return runAddBias({ x, bias }, { rows, columns })[0] as tf.Tensor2D;
}

interface Pool {
  readonly batch: number;
  readonly pixels: number;
  readonly channels: number;
}

const runPool = defineOperation<"x", Pool>(["x"], {
  name: "RetortGlobalAveragePool",
  gpu: (backend, { x }, { batch, pixels, channels }) => {
    const y = backend.output([batch, channels]);
    const body = `  let c = index % ${channels};
  let first = (index / ${channels}) * ${pixels * channels} + c;
  var sum = 0.0;
  for (var p = 0; p < ${pixels}; p++) { sum += x[first + p * ${channels}]; }
  y[index] = sum * f32(${1 / pixels});`;
    backend.run(programOver("global average pool", ["x"], ["y"], batch * channels, body), [x, y]);
    return [y];
  },
  reference: ({ x }, { batch, pixels, channels }) => [tf.mean(tf.reshape(x, [batch, pixels, channels]), 1)],
  gradient: ([dy], { inputs: { x } }, pool) => ({
    x: () => tf.reshape(runSpread({ dy: dy as tf.Tensor }, pool)[0] as tf.Tensor, x.shape),
  }),
});

const runSpread = defineOperation<"dy", Pool>(["dy"], {
  name: "RetortGlobalAveragePoolGradient",
  gpu: (backend, { dy }, { batch, pixels, channels }) => {
    const dx = backend.output([batch, pixels, channels]);
    const count = batch * pixels * channels;
    const body = perRun(
      count,
      `    dx[i] = dy[(i / ${pixels * channels}) * ${channels} + i % ${channels}] * f32(${1 / pixels});`,
    );
    backend.run(programOver("pool gradient", ["dy"], ["dx"], runsIn(count), body), [dy, dx]);
    return [dx];
  },
  reference: ({ dy }, { batch, pixels, channels }) => [
    tf.tile(tf.reshape(tf.div(dy, pixels), [batch, 1, channels]), [1, pixels, 1]),
  ],
  wasm: ({ dy }, { batch, pixels, channels }) => {
    const dx = allocate([batch, pixels, channels]);
    const [shares, spread] = numbersOf(tf.div(dy, pixels), dx);
    for (let image = 0; image < batch; image++) {
      const share = shares.subarray(image * channels, (image + 1) * channels);
      for (let p = 0; p < pixels; p++) spread.set(share, (image * pixels + p) * channels);
    }
    return [dx];
  },
});

/** Mean over all pixels. [batch, height, width, channels] → [batch, channels]; the caller owns the result. */
export function globalAveragePool(x: tf.Tensor4D): tf.Tensor2D {
  const [batch, height, width, channels] = x.shape;
  return runPool({ x }, { batch, pixels: height * width, channels })[0] as tf.Tensor2D;
}
