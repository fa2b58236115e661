import * as tf from "@tensorflow/tfjs-core";
import { defineOperation } from "../../backend/operation";
import { programOver } from "../../backend/program";
import { regressionDistance as composedDistance, leastSquare } from "../../math/similarities";
import type { Target } from "../../math/target";

interface Rows {
  readonly rows: number;
  readonly columns: number;
}

/** Numbers saved per row for the gradient: 1/‖p‖, 1/‖t‖ and cos(p, t), the latter zero if ‖p‖ is below the least norm. */
const kept = 3;

const runDistance = defineOperation<"prediction" | "goal", Rows>(["prediction", "goal"], {
  name: "RetortRegressionDistance",
  gpu: (backend, { prediction, goal }, { rows, columns }) => {
    const [distance, saved] = [backend.output([rows]), backend.output([rows, kept])];
    const body = `  var pp = 0.0;
  var tt = 0.0;
  var pt = 0.0;
  for (var at = index * ${columns}; at < (index + 1) * ${columns}; at++) {
    let p = prediction[at];
    let t = goal[at];
    pp += p * p;
    tt += t * t;
    pt += p * t;
  }
  let inverseP = inverseSqrt(max(pp, ${leastSquare}));
  let inverseT = inverseSqrt(max(tt, ${leastSquare}));
  let cosine = pt * inverseP * inverseT;
  distance[index] = 2.0 - 2.0 * cosine;
  saved[index * ${kept}] = inverseP;
  saved[index * ${kept} + 1] = inverseT;
  saved[index * ${kept} + 2] = select(0.0, cosine, pp > ${leastSquare});`;
    const program = programOver(
      "regression distance",
      ["prediction", "goal"],
      ["distance", "saved"],
      rows,
      body,
    );
    backend.run(program, [prediction, goal, distance, saved]);
    return [distance, saved];
  },
  reference: ({ prediction, goal }) => {
    const [p, t] = [prediction as tf.Tensor2D, goal as Target];
    const [squareP, squareT] = [tf.sum(tf.square(p), 1), tf.sum(tf.square(t), 1)];
    const inverse = (square: tf.Tensor) => tf.rsqrt(tf.maximum(square, leastSquare));
    const distance = composedDistance(p, t);
    const cosine = tf.mul(tf.sub(1, tf.div(distance, 2)), tf.step(tf.sub(squareP, leastSquare)));
    return [distance, tf.stack([inverse(squareP), inverse(squareT), cosine], 1)];
  },
  saveOutputs: [false, true],
  gradient: ([dy], { inputs: { prediction, goal }, outputs: [saved] }, rows) => ({
    prediction: () =>
      runGradient({ prediction, goal, saved: saved as tf.Tensor, dy: dy as tf.Tensor }, rows)[0] as tf.Tensor,
    goal: () => tf.zerosLike(goal),
  }),
});

/** ∂/∂p (2 − 2 cos) = −2/‖p‖ · (t/‖t‖ − cos · p/‖p‖). */
const runGradient = defineOperation<"prediction" | "goal" | "saved" | "dy", Rows>(
  ["prediction", "goal", "saved", "dy"],
  {
    name: "RetortRegressionDistanceGradient",
    gpu: (backend, { prediction, goal, saved, dy }, { rows, columns }) => {
      const dx = backend.output([rows, columns]);
      const body = `  let row = index / ${columns};
  let inverseP = saved[row * ${kept}];
  let along = saved[row * ${kept} + 2] * inverseP * prediction[index];
  dx[index] = -2.0 * dy[row] * inverseP * (saved[row * ${kept} + 1] * goal[index] - along);`;
      const reads = ["prediction", "goal", "saved", "dy"];
      const program = programOver("regression distance gradient", reads, ["dx"], rows * columns, body);
      backend.run(program, [prediction, goal, saved, dy, dx]);
      return [dx];
    },
    reference: ({ prediction, goal, saved, dy }) => {
      const [inverseP, inverseT, cosine] = tf.split(saved, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const across = tf.sub(tf.mul(goal, inverseT), tf.mul(tf.mul(cosine, inverseP), prediction));
      return [tf.mul(tf.mul(tf.reshape(dy, [-1, 1]), tf.mul(-2, inverseP)), across)];
    },
  },
);

/**
 * The squared distance of normalized rows, ‖n(p) − n(t)‖² = 2 − 2 cos(p, t), in [0, 4], as in `math/similarities.ts`,
 * but in one dispatch plus one for its gradient. [n, d] × [n, d] → [n]; the caller owns it. Grill et al. 2020 (BYOL),
 * eq. 2.
 *
 * @throws RangeError when the shapes differ
 */
export function regressionDistance(prediction: tf.Tensor2D, goal: Target): tf.Tensor1D {
  const [rows, columns] = prediction.shape;
  if (goal.shape[0] !== rows || goal.shape[1] !== columns) {
    throw new RangeError(`Predictions [${prediction.shape}] do not fit goals [${goal.shape}].`);
  }
  return runDistance({ prediction, goal }, { rows, columns })[0] as tf.Tensor1D;
}
