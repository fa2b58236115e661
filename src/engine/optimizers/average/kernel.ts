import type * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { perRun, programOver, runsIn } from "../../backend/program";
import { sharedSize } from "../../backend/slab";

export interface MomentumUpdate {
  /** ξ, flat, [n]; changes in place. */
  readonly average: tf.TensorInfo;
  /** θ, flat, [n]. */
  readonly parameters: tf.TensorInfo;
  readonly scalars: tf.TensorInfo;
  /** Index of τ in `scalars`. */
  readonly tauIndex: number;
}

/** ξ ← τξ + (1 − τ)θ for all parameters in one dispatch, in place. @throws RangeError when the sizes differ */
export function updateMomentumAverage(backend: TrainingBackend, update: MomentumUpdate): void {
  const { average, parameters, scalars, tauIndex } = update;
  const count = sharedSize("momentum", average, parameters);
  const body = `  xi[i] = scalars[${tauIndex}] * xi[i] + (1.0 - scalars[${tauIndex}]) * theta[i];`;
  const program = programOver(
    "momentum update",
    ["theta", "scalars"],
    ["xi"],
    runsIn(count),
    perRun(count, body),
  );
  backend.run(program, [parameters, scalars, average]);
}
