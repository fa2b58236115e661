import * as tf from "@tensorflow/tfjs-core";
import { defineOperation } from "../../backend/operation";
import { type Row, rowProgram } from "../../backend/rows";
import type { StepScalar } from "../../math/step-scalar";

/** The shape of logits: each row gives a distribution over the columns. */
interface Rows {
  readonly rows: number;
  readonly columns: number;
}

/**
 * WGSL that declares `name`, the log of Σ exp(x / τ) over a row, without overflow. It is NaN if any number of the row is
 * NaN or infinite, which is checked bit by bit because the maximum and exponential of some drivers turn NaN into numbers.
 */
export const logSumExp = (
  { columns, each, sum, max }: Row,
  name: string,
  x: string,
  inverse: string,
): string => `
  var most_${name} = ${x}[row * ${columns}];
  var lost_${name} = 0u;
  ${each(`let value = ${x}[row * ${columns} + c];
    most_${name} = max(most_${name}, value);
    lost_${name} |= select(0u, 1u, (bitcast<u32>(value) & 0x7fffffffu) >= 0x7f800000u);`)}
  most_${name} = ${max(`most_${name}`)};
  let some_${name} = ${max(`f32(lost_${name})`)};
  var sum_${name} = 0.0;
  ${each(`sum_${name} += exp((${x}[row * ${columns} + c] - most_${name}) * ${inverse});`)}
  sum_${name} = ${sum(`sum_${name}`)};
  let none_${name} = bitcast<f32>(0x7fc00000u | lost_${name});
  let ${name} = select(most_${name} * ${inverse} + log(sum_${name}), none_${name}, some_${name} > 0.0);`;

const runLogSoftmax = defineOperation<"x" | "temperature", Rows>(["x", "temperature"], {
  name: "RetortLogSoftmax",
  gpu: (backend, { x, temperature }, { rows, columns }) => {
    const y = backend.output([rows, columns]);
    const body = (
      row: Row,
    ) => `  let inverse = 1.0 / temperature[0];${logSumExp(row, "total", "x", "inverse")}
  ${row.each(`y[row * ${columns} + c] = x[row * ${columns} + c] * inverse - total;`)}`;
    const reads = ["x", "temperature"];
    backend.run(rowProgram({ label: "log-softmax", reads, writes: ["y"], rows, columns, body }), [
      x,
      temperature,
      y,
    ]);
    return [y];
  },
  reference: ({ x, temperature }) => [tf.logSoftmax(tf.div(x, temperature))],
  saveOutputs: [true],
  gradient: ([dy], { inputs: { temperature }, outputs: [y] }, rows) => ({
    x: () => runGradient({ dy: dy as tf.Tensor, y: y as tf.Tensor, temperature }, rows)[0] as tf.Tensor,
  }),
});

/** dx = (dy − softmax · Σ dy) / τ, [rows, columns]. */
const runGradient = defineOperation<"dy" | "y" | "temperature", Rows>(["dy", "y", "temperature"], {
  name: "RetortLogSoftmaxGradient",
  gpu: (backend, { dy, y, temperature }, { rows, columns }) => {
    const dx = backend.output([rows, columns]);
    const body = ({ each, sum }: Row) => `  var total = 0.0;
  ${each(`total += dy[row * ${columns} + c];`)}
  total = ${sum("total")};
  ${each(`let at = row * ${columns} + c;
    dx[at] = (dy[at] - exp(y[at]) * total) / temperature[0];`)}`;
    const reads = ["dy", "y", "temperature"];
    const program = rowProgram({ label: "log-softmax gradient", reads, writes: ["dx"], rows, columns, body });
    backend.run(program, [dy, y, temperature, dx]);
    return [dx];
  },
  reference: ({ dy, y, temperature }) => [
    tf.div(tf.sub(dy, tf.mul(tf.exp(y), tf.sum(dy, 1, true))), temperature),
  ],
});

/** Converts a temperature to the tensor that kernels bind; a given tensor is read again at every replay. */
export const temperatureOf = (temperature: StepScalar): tf.Scalar =>
  typeof temperature === "number" ? tf.scalar(temperature) : temperature;

/**
 * log softmax(x / τ) over each row, in one dispatch plus one for its gradient. [n, c] → [n, c]; the caller owns it.
 *
 * @throws RangeError when x is empty or not a matrix, or a temperature given as a number is not above 0
 */
export function logSoftmax(x: tf.Tensor2D, temperature: StepScalar = 1): tf.Tensor2D {
  const [rows, columns] = x.shape;
  if (x.rank !== 2 || x.size === 0) throw new RangeError(`A softmax needs rows, but got [${x.shape}].`);
  refuseTemperature(temperature);
  return tf.tidy(
    () => runLogSoftmax({ x, temperature: temperatureOf(temperature) }, { rows, columns })[0] as tf.Tensor2D,
  );
}

/** @throws RangeError when a temperature given as a number is not above 0 */
export function refuseTemperature(temperature: StepScalar): void {
  if (typeof temperature === "number" && !(temperature > 0)) {
    throw new RangeError(`A temperature must be above 0, not ${temperature}.`);
  }
}
