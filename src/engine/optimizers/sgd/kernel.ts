import type * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { perRun, programOver, runsIn } from "../../backend/program";
import { sharedSize, slabBlock } from "../../backend/slab";

export interface SgdUpdate {
  /** Flat tensors [n]; `parameters` and `buffer` change in place. */
  readonly parameters: tf.TensorInfo;
  readonly gradient: tf.TensorInfo;
  readonly buffer: tf.TensorInfo;
  readonly scalars: tf.TensorInfo;
  /** Index of the learning rate in `scalars`. */
  readonly rateIndex: number;
  readonly momentum: number;
  readonly weightDecay: number;
  /** p ← p − η(g + λp + μb) instead of p ← p − ηb. */
  readonly nesterov?: boolean;
  /** Factor on the weight decay of each {@link slabBlock} of numbers, [n / 64]; 1 if absent. */
  readonly decayed?: tf.TensorInfo;
  /** Factor on the learning rate of each {@link slabBlock} of numbers, [n / 64]; 1 if absent. */
  readonly factors?: tf.TensorInfo;
}

/**
 * b ← μb + g + λp; p ← p − ηb for all parameters of a network in one dispatch, in place. The rate is read from `scalars`,
 * so a recorded step can be replayed with a different one. Padding between parameters is zero and stays zero.
 *
 * @throws RangeError when the sizes differ
 */
export function updateBySgd(backend: TrainingBackend, update: SgdUpdate): void {
  const { parameters, gradient, buffer, scalars, rateIndex } = update;
  const { momentum, weightDecay, nesterov, decayed, factors } = update;
  const count = sharedSize("SGD", parameters, gradient, buffer);
  const share = decayed ? ` * decayed[i / ${slabBlock}]` : "";
  const factor = factors ? `factors[i / ${slabBlock}] * ` : "";
  const direction = nesterov ? `(g[i] + decay + f32(${momentum}) * next)` : "next";
  const body = `  let decay = f32(${weightDecay})${share} * p[i];
  let next = f32(${momentum}) * b[i] + g[i] + decay;
  b[i] = next;
  p[i] -= ${factor}scalars[${rateIndex}] * ${direction};`;
  const reads = ["g", "scalars", ...(decayed ? ["decayed"] : []), ...(factors ? ["factors"] : [])];
  const program = programOver("SGD update", reads, ["p", "b"], runsIn(count), perRun(count, body));
  const blocks = [decayed, factors].filter((tensor) => tensor !== undefined);
  backend.run(program, [gradient, scalars, ...blocks, parameters, buffer]);
}
