import type * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { programOver } from "../../backend/program";
import { slabBlock } from "../../backend/slab";

export interface AdamUpdate {
  /** Flat tensors [n]; `parameters`, `first` and `second` (m and v) change in place. */
  readonly parameters: tf.TensorInfo;
  readonly gradient: tf.TensorInfo;
  readonly first: tf.TensorInfo;
  readonly second: tf.TensorInfo;
  readonly scalars: tf.TensorInfo;
  /** Indices in `scalars` of the learning rate, 1 − β₁ᵗ and 1 − β₂ᵗ. */
  readonly rateIndex: number;
  readonly firstIndex: number;
  readonly secondIndex: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly decay: "gradient" | "decoupled";
  /** Factor on the weight decay of each {@link slabBlock} of numbers, [n / 64]. */
  readonly decayed: tf.TensorInfo;
  /** Factor on the learning rate of each block, [n / 64]; 1 if absent. */
  readonly factors?: tf.TensorInfo;
}

/** Updates all parameters by Adam or AdamW in one dispatch, in place; the pure rule is in `rule.ts`. */
export function updateByAdam(backend: TrainingBackend, update: AdamUpdate): void {
  const { parameters, gradient, first, second, scalars, decayed, factors } = update;
  const { beta1, beta2, epsilon, weightDecay } = update;
  const count = parameters.shape.reduce((product, length) => product * length, 1);
  const decoupled = update.decay === "decoupled";
  const body = `  let decay = f32(${weightDecay}) * decayed[index / ${slabBlock}] * p[index];
  let steepness = g[index]${decoupled ? "" : " + decay"};
  let m = f32(${beta1}) * first[index] + f32(${1 - beta1}) * steepness;
  let v = f32(${beta2}) * second[index] + f32(${1 - beta2}) * steepness * steepness;
  first[index] = m;
  second[index] = v;
  let direction = (m / scalars[${update.firstIndex}]) / (sqrt(v / scalars[${update.secondIndex}]) + f32(${epsilon}));
  p[index] -= ${factors ? `factors[index / ${slabBlock}] * ` : ""}scalars[${update.rateIndex}] * (direction${decoupled ? " + decay" : ""});`;
  const reads = ["g", "scalars", "decayed", ...(factors ? ["factors"] : [])];
  backend.run(programOver("Adam update", reads, ["p", "first", "second"], count, body), [
    gradient,
    scalars,
    decayed,
    ...(factors ? [factors] : []),
    parameters,
    first,
    second,
  ]);
}
