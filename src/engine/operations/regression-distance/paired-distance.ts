import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "../../backend/backend";
import { defineOperation } from "../../backend/operation";
import { programOver } from "../../backend/program";
import { type Row, rowProgram } from "../../backend/rows";
import type { Pair } from "../../math/pair";
import { leastSquare } from "../../math/similarities";
import type { Target } from "../../math/target";
import { sumOverMiddle } from "../reductions/reductions";
import { regressionDistance } from "./regression-distance";

/** Two stacked views of `rows` rows each. */
interface Stack {
  readonly rows: number;
  readonly columns: number;
  /** True if the goals of each view are the other view's. */
  readonly crossed: boolean;
}

/** WGSL of the index of a row's goal. */
const goalRow = ({ rows, crossed }: Stack, row: string) =>
  crossed ? `((${row} + ${rows}) % ${2 * rows})` : row;

/** Numbers saved per row for the gradient: 1/‖p‖, 1/‖t‖ and cos(p, t), the latter zero if ‖p‖ is below the least norm. */
const kept = 3;

const bothWays = ({ v, vPrime }: Pair<tf.Tensor2D>, goals: Pair<Target>, crossed: boolean): tf.Scalar => {
  const forth = regressionDistance(v, crossed ? goals.vPrime : goals.v);
  const back = regressionDistance(vPrime, crossed ? goals.v : goals.vPrime);
  return tf.mean(tf.add(forth, back));
};

const runPaired = defineOperation<"prediction" | "goal", Stack>(["prediction", "goal"], {
  name: "RetortPairedDistance",
  gpu: (backend, { prediction, goal }, stack) => {
    const { rows, columns } = stack;
    const body = ({ each, sum }: Row) => `  let partner = ${goalRow(stack, "row")};
  var pp = 0.0;
  var tt = 0.0;
  var pt = 0.0;
  ${each(`let p = prediction[row * ${columns} + c];
    let t = goal[partner * ${columns} + c];
    pp += p * p;
    tt += t * t;
    pt += p * t;`)}
  pp = ${sum("pp")};
  tt = ${sum("tt")};
  pt = ${sum("pt")};
  let inverseP = inverseSqrt(max(pp, ${leastSquare}));
  let inverseT = inverseSqrt(max(tt, ${leastSquare}));
  let cosine = pt * inverseP * inverseT;
  if (isFirst) {
    distance[row] = 2.0 - 2.0 * cosine;
    saved[row * ${kept}] = inverseP;
    saved[row * ${kept} + 1] = inverseT;
    saved[row * ${kept} + 2] = select(0.0, cosine, pp > ${leastSquare});
  }`;
    const [distance, saved] = [backend.output([2 * rows]), backend.output([2 * rows, kept])];
    const [reads, writes] = [
      ["prediction", "goal"],
      ["distance", "saved"],
    ];
    const program = rowProgram({
      ...{ label: "regression distance", reads, writes, rows: 2 * rows, columns, body },
    });
    backend.run(program, [prediction, goal, distance, saved]);
    const loss = sumOverMiddle(backend, distance, [1, 2 * rows, 1], [], { scale: 1 / rows });
    backend.disposeData(distance.dataId);
    return [loss, saved];
  },
  reference: () => {
    throw new Error("Only WebGPU has a kernel for both views at once.");
  },
  saveOutputs: [false, true],
  gradient: ([dy], { inputs: { prediction, goal }, outputs: [saved] }, stack) => ({
    prediction: () =>
      runGradient(
        { prediction, goal, saved: saved as tf.Tensor, dy: dy as tf.Tensor },
        stack,
      )[0] as tf.Tensor,
    goal: () => tf.zerosLike(goal),
  }),
});

/** ∂/∂p (2 − 2 cos) = −2/‖p‖ · (t/‖t‖ − cos · p/‖p‖), over the number of rows of a view. */
const runGradient = defineOperation<"prediction" | "goal" | "saved" | "dy", Stack>(
  ["prediction", "goal", "saved", "dy"],
  {
    name: "RetortPairedDistanceGradient",
    gpu: (backend, { prediction, goal, saved, dy }, stack) => {
      const { rows, columns } = stack;
      const dx = backend.output([2 * rows, columns]);
      const body = `  let row = index / ${columns};
  let partner = ${goalRow(stack, "row")} * ${columns} + index % ${columns};
  let inverseP = saved[row * ${kept}];
  let along = saved[row * ${kept} + 2] * inverseP * prediction[index];
  dx[index] = ${-2 / rows} * dy[0] * inverseP * (saved[row * ${kept} + 1] * goal[partner] - along);`;
      const reads = ["prediction", "goal", "saved", "dy"];
      const program = programOver("regression distance gradient", reads, ["dx"], 2 * rows * columns, body);
      backend.run(program, [prediction, goal, saved, dy, dx]);
      return [dx];
    },
    reference: () => {
      throw new Error("Only WebGPU has a kernel for both views at once.");
    },
  },
);

/**
 * mean over the batch of ℓ(p(v), t(v)) + ℓ(p(v′), t(v′)) with ℓ = 2 − 2 cos, or, if `crossed`, of ℓ(p(v), t(v′)) +
 * ℓ(p(v′), t(v)): the terms of BYOL's and SimDis's losses. On WebGPU stacked views stay together. The caller owns it.
 *
 * @throws RangeError when the shapes differ
 */
export function pairedDistance(
  predictions: Pair<tf.Tensor2D>,
  goals: Pair<Target>,
  crossed: boolean,
): tf.Scalar {
  const [prediction, goal] = [predictions.stacked, goals.stacked];
  if (!prediction || !goal || !trainingBackend()) return bothWays(predictions, goals, crossed);
  const [stacked, columns] = prediction.shape;
  if (goal.shape[0] !== stacked || goal.shape[1] !== columns) {
    throw new RangeError(`Predictions [${prediction.shape}] do not fit goals [${goal.shape}].`);
  }
  return runPaired({ prediction, goal }, { rows: stacked / 2, columns, crossed })[0] as tf.Scalar;
}
