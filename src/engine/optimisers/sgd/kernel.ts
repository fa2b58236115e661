import type * as tf from "@tensorflow/tfjs-core";
import type { GpuProgram, TrainingBackend } from "../../backend/backend";
import { perRun, runsIn } from "../../backend/program";
import { mainOver, workgroupsFor } from "../../backend/wgsl";

/**
 * Updates of all parameters of a network in one dispatch each, in place. What changes from step to step is read from
 * the tensor `scalars`, so a recorded step can be replayed with another rate. The portable forms are the pure
 * functions of `math/optimisers.ts`.
 */

export interface SgdUpdate {
  /** All flat and of one size; `parameters` and `buffer` are changed. */
  readonly parameters: tf.TensorInfo;
  readonly gradient: tf.TensorInfo;
  readonly buffer: tf.TensorInfo;
  readonly scalars: tf.TensorInfo;
  /** Where in `scalars` the learning rate stands. */
  readonly rateIndex: number;
  readonly momentum: number;
  readonly weightDecay: number;
  /** p ← p − η(g + λp + μb) in place of p ← p − ηb. */
  readonly nesterov?: boolean;
  /** Share of the weight decay that each block of 64 numbers gets; without it, all of it. */
  readonly decayed?: tf.TensorInfo;
  /** Factor on the rate of each block of 64 numbers; without it, 1. */
  readonly factors?: tf.TensorInfo;
}

/** b ← μb + g + λp; p ← p − ηb. Padding between parameters is zero and stays zero. */
export function updateBySgd(backend: TrainingBackend, update: SgdUpdate): void {
  const { parameters, gradient, buffer, scalars, rateIndex, momentum, weightDecay, decayed } = update;
  const count = sameSize("SGD", parameters, gradient, buffer);
  const share = decayed ? " * decayed[i / 64]" : "";
  const blocks = [
    ...(decayed ? [{ name: "decayed", tensor: decayed }] : []),
    ...(update.factors ? [{ name: "factors", tensor: update.factors }] : []),
  ];
  const factor = update.factors ? "factors[i / 64] * " : "";
  const program: GpuProgram = {
    label: "SGD update",
    access: ["write", "read", "write", "read", ...blocks.map(() => "read" as const)],
    workgroups: workgroupsFor(runsIn(count)),
    wgsl: `@group(0) @binding(0) var<storage, read_write> p: array<f32>;
@group(0) @binding(1) var<storage, read> g: array<f32>;
@group(0) @binding(2) var<storage, read_write> b: array<f32>;
@group(0) @binding(3) var<storage, read> scalars: array<f32>;
${blocks.map(({ name }, i) => `@group(0) @binding(${4 + i}) var<storage, read> ${name}: array<f32>;`).join("\n")}
${mainOver(
  runsIn(count),
  perRun(
    count,
    `  let decay = f32(${weightDecay})${share} * p[i];
  let next = f32(${momentum}) * b[i] + g[i] + decay;
  b[i] = next;
  p[i] -= ${factor}scalars[${rateIndex}] * ${update.nesterov ? `(g[i] + decay + f32(${momentum}) * next)` : "next"};`,
  ),
)}`,
  };
  backend.run(program, [parameters, gradient, buffer, scalars, ...blocks.map(({ tensor }) => tensor)]);
}

export interface MomentumUpdate {
  /** ξ, changed. */
  readonly average: tf.TensorInfo;
  /** θ. */
  readonly parameters: tf.TensorInfo;
  readonly scalars: tf.TensorInfo;
  /** Where in `scalars` τ stands. */
  readonly tauIndex: number;
}

/** ξ ← τξ + (1 − τ)θ. */
export function updateMomentumAverage(backend: TrainingBackend, update: MomentumUpdate): void {
  const { average, parameters, scalars, tauIndex } = update;
  const count = sameSize("momentum", average, parameters);
  const program: GpuProgram = {
    label: "momentum update",
    access: ["write", "read", "read"],
    workgroups: workgroupsFor(runsIn(count)),
    wgsl: `@group(0) @binding(0) var<storage, read_write> xi: array<f32>;
@group(0) @binding(1) var<storage, read> theta: array<f32>;
@group(0) @binding(2) var<storage, read> scalars: array<f32>;
${mainOver(
  runsIn(count),
  perRun(count, `  xi[i] = scalars[${tauIndex}] * xi[i] + (1.0 - scalars[${tauIndex}]) * theta[i];`),
)}`,
  };
  backend.run(program, [average, parameters, scalars]);
}

function sameSize(what: string, first: tf.TensorInfo, ...others: readonly tf.TensorInfo[]): number {
  const size = (tensor: tf.TensorInfo) => tensor.shape.reduce((product, length) => product * length, 1);
  const count = size(first);
  if (others.some((other) => size(other) !== count)) {
    throw new RangeError(
      `The ${what} update got tensors of ${[first, ...others].map(size).join(", ")} numbers.`,
    );
  }
  return count;
}
