import * as tf from "@tensorflow/tfjs-core";
import { defineOperation } from "../../backend/operation";
import { type Row, rowProgram } from "../../backend/rows";
import { l2Normalize, leastSquare } from "../../math/similarities";
import type { Target } from "../../math/target";
import { productByTransposed } from "../dense/dense";

interface Rows {
  readonly rows: number;
  readonly columns: number;
}

const runUnit = defineOperation<"x", Rows>(["x"], {
  name: "RetortUnitRows",
  gpu: (backend, { x }, { rows, columns }) => {
    const [y, inverses] = [backend.output([rows, columns]), backend.output([rows])];
    const body = ({ each, sum }: Row) => `  var square = 0.0;
  ${each(`square += x[row * ${columns} + c] * x[row * ${columns} + c];`)}
  square = ${sum("square")};
  let inverse = inverseSqrt(max(square, ${leastSquare}));
  ${each(`y[row * ${columns} + c] = x[row * ${columns} + c] * inverse;`)}
  // Negative: the row was too short to be divided by its length.
  if (isFirst) { inverses[row] = select(-inverse, inverse, square > ${leastSquare}); }`;
    const program = rowProgram({
      label: "unit rows",
      reads: ["x"],
      writes: ["y", "inverses"],
      rows,
      columns,
      body,
    });
    backend.run(program, [x, y, inverses]);
    return [y, inverses];
  },
  reference: ({ x }) => {
    const square = tf.sum(tf.square(x), 1);
    const inverse = tf.rsqrt(tf.maximum(square, leastSquare));
    return [
      l2Normalize(x as tf.Tensor2D),
      tf.where(tf.greater(square, leastSquare), inverse, tf.neg(inverse)),
    ];
  },
  saveOutputs: [true, true],
  gradient: ([dy], { outputs: [y, inverses] }, rows) => ({
    x: () =>
      runGradient(
        { dy: dy as tf.Tensor, y: y as tf.Tensor, inverses: inverses as tf.Tensor },
        rows,
      )[0] as tf.Tensor,
  }),
});

/** dx = (dy − y ⟨y, dy⟩) / ‖x‖, [rows, columns]. */
const runGradient = defineOperation<"dy" | "y" | "inverses", Rows>(["dy", "y", "inverses"], {
  name: "RetortUnitRowsGradient",
  gpu: (backend, { dy, y, inverses }, { rows, columns }) => {
    const dx = backend.output([rows, columns]);
    const body = ({ each, sum }: Row) => `  var along = 0.0;
  ${each(`along += dy[row * ${columns} + c] * y[row * ${columns} + c];`)}
  along = ${sum("along")};
  let inverse = abs(inverses[row]);
  let share = select(0.0, along, inverses[row] > 0.0);
  ${each(`let at = row * ${columns} + c;
    dx[at] = (dy[at] - y[at] * share) * inverse;`)}`;
    const reads = ["dy", "y", "inverses"];
    const program = rowProgram({ label: "unit rows gradient", reads, writes: ["dx"], rows, columns, body });
    backend.run(program, [dy, y, inverses, dx]);
    return [dx];
  },
  reference: ({ dy, y, inverses }) => {
    const along = tf.mul(tf.sum(tf.mul(dy, y), 1), tf.step(inverses));
    const across = tf.sub(dy, tf.mul(y, tf.expandDims(along, 1)));
    return [tf.mul(across, tf.expandDims(tf.abs(inverses), 1))];
  },
});

/**
 * Scales rows to unit length, x / max(‖x‖₂, 1e-12), in one dispatch plus one for the gradient. [n, d] → [n, d]; the
 * caller owns it.
 *
 * @throws RangeError when x is empty or not a matrix
 */
export function unitRows(x: tf.Tensor2D): tf.Tensor2D {
  const [rows, columns] = x.shape;
  if (x.rank !== 2 || x.size === 0) throw new RangeError(`[${x.shape}] has no rows to scale to unit length.`);
  return runUnit({ x }, { rows, columns })[0] as tf.Tensor2D;
}

/**
 * The cosines of each row with every row of a queue. [n, d] × [K, d] → [n, K]; the caller owns it.
 *
 * @param queue [K, d], rows of unit length
 * @throws RangeError when the lengths of rows differ
 */
export const queueSimilarities = (x: tf.Tensor2D, queue: Target): tf.Tensor2D =>
  productByTransposed(unitRows(x), queue);

/**
 * The cosines of each row with its own partner (column 0) and with every row of a queue: n(x)·[n(partner), queueᵀ], the
 * candidates of InfoNCE. [n, d] × [n, d] × [K, d] → [n, 1 + K]; the caller owns it.
 *
 * @param queue [K, d], rows of unit length
 * @throws RangeError when the shapes do not fit
 */
export function candidateSimilarities(x: tf.Tensor2D, partner: Target, queue: Target): tf.Tensor2D {
  if (partner.shape[0] !== x.shape[0] || partner.shape[1] !== x.shape[1]) {
    throw new RangeError(`Rows [${x.shape}] and partners [${partner.shape}] differ.`);
  }
  return tf.tidy(() => {
    const unit = unitRows(x);
    const own = tf.sum(tf.mul(unit, unitRows(partner)), 1, true) as tf.Tensor2D;
    return tf.concat([own, productByTransposed(unit, queue)], 1);
  });
}
