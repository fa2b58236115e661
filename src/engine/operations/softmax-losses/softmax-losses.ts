import * as tf from "@tensorflow/tfjs-core";
import { defineOperation } from "../../backend/operation";
import { programOver } from "../../backend/program";
import { type Row, rowProgram } from "../../backend/rows";
import * as composed from "../../math/divergences";
import type { StepScalar } from "../../math/step-scalar";
import type { Target } from "../../math/target";
import { logSumExp, refuseTemperature, temperatureOf } from "./log-softmax";

/** Losses between two distributions, from logits to one number per row in one dispatch, plus one for the gradient. */

interface Rows {
  readonly rows: number;
  readonly columns: number;
}

const runLabels = defineOperation<"logits" | "labels" | "temperature", Rows>(
  ["logits", "labels", "temperature"],
  {
    name: "RetortSoftmaxCrossEntropy",
    gpu: (backend, { logits, labels, temperature }, { rows, columns }) => {
      const [loss, totals] = [backend.output([rows]), backend.output([rows])];
      const body = (
        row: Row,
      ) => `  let inverse = 1.0 / temperature[0];${logSumExp(row, "total", "logits", "inverse")}
  if (isFirst) {
    loss[row] = total - logits[row * ${columns} + clamp(labels[row], 0, ${columns - 1})] * inverse;
    totals[row] = total;
  }`;
      const reads = ["logits", "labels: i32", "temperature"];
      const label = "softmax cross-entropy";
      const program = rowProgram({ label, reads, writes: ["loss", "totals"], rows, columns, body });
      backend.run(program, [logits, labels, temperature, loss, totals]);
      return [loss, totals];
    },
    reference: ({ logits, labels, temperature }) => {
      const scaled = tf.div(logits, temperature) as tf.Tensor2D;
      const logQ = tf.logSoftmax(scaled);
      return [composed.crossEntropy(labels as tf.Tensor1D, logQ), tf.logSumExp(scaled, 1)];
    },
    saveOutputs: [false, true],
    gradient: ([dy], { inputs: { logits, labels, temperature }, outputs: [totals] }, rows) => ({
      logits: () => {
        const given = { logits, labels, temperature, totals: totals as tf.Tensor, dy: dy as tf.Tensor };
        return runLabelsGradient(given, rows)[0] as tf.Tensor;
      },
    }),
  },
);

/** The gradient of the logits, (softmax − one-hot) / τ · dy, [n, c]. */
const runLabelsGradient = defineOperation<"logits" | "labels" | "temperature" | "totals" | "dy", Rows>(
  ["logits", "labels", "temperature", "totals", "dy"],
  {
    name: "RetortSoftmaxCrossEntropyGradient",
    gpu: (backend, { logits, labels, temperature, totals, dy }, { rows, columns }) => {
      const dx = backend.output([rows, columns]);
      const body = `  let row = index / ${columns};
  let inverse = 1.0 / temperature[0];
  let q = exp(logits[index] * inverse - totals[row]);
  dx[index] = (q - select(0.0, 1.0, index % ${columns} == labels[row])) * inverse * dy[row];`;
      const reads = ["logits", "labels: i32", "temperature", "totals", "dy"];
      const program = programOver("cross-entropy gradient", reads, ["dx"], rows * columns, body);
      backend.run(program, [logits, labels, temperature, totals, dy, dx]);
      return [dx];
    },
    reference: ({ logits, labels, temperature, totals, dy }, { columns }) => {
      const q = tf.exp(tf.sub(tf.div(logits, temperature), tf.expandDims(totals, 1)));
      const chosen = tf.cast(tf.oneHot(tf.cast(labels as tf.Tensor1D, "int32"), columns), "float32");
      return [tf.mul(tf.div(tf.sub(q, chosen), temperature), tf.expandDims(dy, 1))];
    },
  },
);

/**
 * The cross-entropy H(y, softmax(x / τ)) with integer labels y. [n, c] × [n] → [n]; the caller owns it.
 *
 * @throws RangeError when the shapes do not fit or a temperature is not above 0
 */
export function softmaxCrossEntropy(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  temperature: StepScalar = 1,
): tf.Tensor1D {
  const [rows, columns] = logits.shape;
  if (logits.rank !== 2 || logits.size === 0 || labels.size !== rows) {
    throw new RangeError(`Logits [${logits.shape}] do not fit ${labels.size} labels.`);
  }
  refuseTemperature(temperature);
  return tf.tidy(() => {
    const inputs = { logits, labels: tf.cast(labels, "int32"), temperature: temperatureOf(temperature) };
    return runLabels(inputs, { rows, columns })[0] as tf.Tensor1D;
  });
}

interface Soft extends Rows {
  /** H(p, q), or the divergence H(p, q) − H(p) = D(p, q). */
  readonly kind: "cross-entropy" | "divergence";
}

type SoftInputs = "teacher" | "student" | "teacherTemperature" | "studentTemperature";
const softInputs = ["teacher", "student", "teacherTemperature", "studentTemperature"] as const;

const runSoft = defineOperation<SoftInputs, Soft>(softInputs, {
  name: "RetortSoftTargetLoss",
  gpu: (backend, { teacher, student, teacherTemperature, studentTemperature }, { rows, columns, kind }) => {
    const [loss, totals] = [backend.output([rows]), backend.output([rows, 2])];
    const logQ = `student[row * ${columns} + c] * ofQ - totalQ`;
    const body = (row: Row) => `  let ofP = 1.0 / teacherTemperature[0];
  let ofQ = 1.0 / studentTemperature[0];${logSumExp(row, "totalP", "teacher", "ofP")}
${logSumExp(row, "totalQ", "student", "ofQ")}
  var sum = 0.0;
  ${row.each(`let logP = teacher[row * ${columns} + c] * ofP - totalP;
    let logQ = ${logQ};
    sum += exp(logP) * ${kind === "divergence" ? "(logP - logQ)" : "-logQ"};`)}
  sum = ${row.sum("sum")};
  if (isFirst) {
    loss[row] = sum;
    totals[row * 2] = totalP;
    totals[row * 2 + 1] = totalQ;
  }`;
    const writes = ["loss", "totals"];
    const program = rowProgram({ label: `soft ${kind}`, reads: softInputs, writes, rows, columns, body });
    backend.run(program, [teacher, student, teacherTemperature, studentTemperature, loss, totals]);
    return [loss, totals];
  },
  reference: ({ teacher, student, teacherTemperature, studentTemperature }, { kind }) => {
    const scaled = [tf.div(teacher, teacherTemperature), tf.div(student, studentTemperature)] as const;
    const [logP, logQ] = scaled.map((x) => tf.logSoftmax(x)) as unknown as [Target, tf.Tensor2D];
    const loss =
      kind === "divergence" ? composed.klDivergence(logP, logQ) : composed.softCrossEntropy(logP, logQ);
    return [
      loss,
      tf.stack(
        scaled.map((x) => tf.logSumExp(x, 1)),
        1,
      ),
    ];
  },
  saveOutputs: [false, true],
  gradient: ([dy], { inputs, outputs: [totals] }, rows) => ({
    teacher: () => tf.zerosLike(inputs.teacher),
    student: () =>
      runSoftGradient({ ...inputs, totals: totals as tf.Tensor, dy: dy as tf.Tensor }, rows)[0] as tf.Tensor,
  }),
});

/** The gradient of the student's logits, (q − p) / τ · dy, [n, c]; the same for both kinds. */
const runSoftGradient = defineOperation<SoftInputs | "totals" | "dy", Rows>([...softInputs, "totals", "dy"], {
  name: "RetortSoftTargetLossGradient",
  gpu: (backend, inputs, { rows, columns }) => {
    const { teacher, student, teacherTemperature, studentTemperature, totals, dy } = inputs;
    const dx = backend.output([rows, columns]);
    const body = `  let row = index / ${columns};
  let ofQ = 1.0 / studentTemperature[0];
  let p = exp(teacher[index] / teacherTemperature[0] - totals[row * 2]);
  let q = exp(student[index] * ofQ - totals[row * 2 + 1]);
  dx[index] = (q - p) * ofQ * dy[row];`;
    const reads = [...softInputs, "totals", "dy"];
    const program = programOver("soft target gradient", reads, ["dx"], rows * columns, body);
    backend.run(program, [teacher, student, teacherTemperature, studentTemperature, totals, dy, dx]);
    return [dx];
  },
  reference: ({ teacher, student, teacherTemperature, studentTemperature, dy }) => {
    const p = tf.softmax(tf.div(teacher, teacherTemperature));
    const q = tf.softmax(tf.div(student, studentTemperature));
    return [tf.mul(tf.div(tf.sub(q, p), studentTemperature), tf.expandDims(dy, 1))];
  },
});

export interface Temperatures {
  readonly teacher: StepScalar;
  readonly student: StepScalar;
}

function softTargets(
  teacher: Target,
  student: tf.Tensor2D,
  temperatures: Temperatures,
  kind: Soft["kind"],
): tf.Tensor1D {
  const [rows, columns] = student.shape;
  if (student.rank !== 2 || student.size === 0 || teacher.shape[0] !== rows || teacher.shape[1] !== columns) {
    throw new RangeError(`A teacher's logits [${teacher.shape}] do not fit a student's [${student.shape}].`);
  }
  for (const temperature of [temperatures.teacher, temperatures.student]) refuseTemperature(temperature);
  return tf.tidy(() => {
    const [teacherTemperature, studentTemperature] = [temperatures.teacher, temperatures.student].map(
      temperatureOf,
    ) as [tf.Scalar, tf.Scalar];
    const inputs = { teacher, student, teacherTemperature, studentTemperature };
    return runSoft(inputs, { rows, columns, kind })[0] as tf.Tensor1D;
  });
}

/**
 * The Kullback–Leibler divergence D(softmax(t / τ_t), softmax(s / τ_s)). [n, c] × [n, c] → [n]; the caller owns it.
 *
 * @throws RangeError when the shapes differ or a temperature is not above 0
 */
export const softmaxDivergence = (
  teacher: Target,
  student: tf.Tensor2D,
  temperatures: Temperatures,
): tf.Tensor1D => softTargets(teacher, student, temperatures, "divergence");

/** The cross-entropy H(softmax(t / τ_t), softmax(s / τ_s)), otherwise like {@link softmaxDivergence}. */
export const softTargetCrossEntropy = (
  teacher: Target,
  student: tf.Tensor2D,
  temperatures: Temperatures,
): tf.Tensor1D => softTargets(teacher, student, temperatures, "cross-entropy");
