import * as tf from "@tensorflow/tfjs-core";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { gradientOutput } from "../../backend/gradient-homes";
import { defineOperation } from "../../backend/operation";
import { gradientSmall, isSmall, type Keep, mergeGradients, mergeMoments, normalizeSmall } from "./merge";
import {
  baseChunks,
  chunkGradients,
  chunkMoments,
  inputGradient,
  type NormShape,
  normalize,
} from "./programs";
import { batchNormByWasm, batchNormEvaluateByWasm, batchNormGradientByWasm } from "./wasm";

/** Reshapes x to [groups, rows, channels], and statistics of groups to [groups, 1, channels]. */
const grouped = (x: tf.Tensor, { groups, rows, channels }: NormShape) =>
  tf.reshape(x, [groups, rows, channels]);
const perGroup = (x: tf.Tensor, { groups, channels }: NormShape) => tf.reshape(x, [groups, 1, channels]);

const standardized = (x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor, shape: NormShape) =>
  tf.mul(
    tf.sub(grouped(x, shape), perGroup(mean, shape)),
    tf.rsqrt(tf.add(perGroup(variance, shape), shape.epsilon)),
  );

/** Sums of the base chunks, two numbers each. */
const chunkSums = (backend: TrainingBackend, shape: NormShape) =>
  backend.output([2, shape.groups, baseChunks(shape).count, shape.channels]);

/** Running statistics, [channels] each, and the share of them that an update keeps. */
export interface Running {
  readonly mean: tf.Variable;
  readonly variance: tf.Variable;
  readonly keep?: number | undefined;
}

interface TrainShape extends NormShape {
  /** Only WebGPU's kernels update running statistics themselves. */
  readonly running?: Running | undefined;
}

/** The fraction of the running statistics kept at each update, 1 − PyTorch's momentum of 0.1 (docs/methods.md §2). */
export const runningMomentum = 0.9;

const runTrain = defineOperation<"x" | "gamma" | "beta", TrainShape>(["x", "gamma", "beta"], {
  name: "RetortBatchNorm",
  gpu: (backend, { x, gamma, beta }, shape) => {
    const { groups, channels, running } = shape;
    const [mean, variance] = [backend.output([groups, channels]), backend.output([groups, channels])];
    const y = backend.output([...x.shape]);
    const keep: Keep = running && (running.keep ?? runningMomentum);
    const kept = running ? [running.mean, running.variance] : [];
    if (isSmall(shape)) {
      backend.run(normalizeSmall(shape, keep), [x, gamma, beta, y, mean, variance, ...kept]);
      return [y, mean, variance];
    }
    const moments = chunkSums(backend, shape);
    backend.run(chunkMoments(shape), [x, moments]);
    backend.run(mergeMoments(shape, baseChunks(shape), keep), [moments, mean, variance, ...kept]);
    backend.run(normalize(shape), [x, gamma, beta, mean, variance, y]);
    backend.disposeData(moments.dataId);
    return [y, mean, variance];
  },
  reference: ({ x, gamma, beta }, shape) => {
    const { mean, variance } = tf.moments(grouped(x, shape), 1);
    const y = tf.add(tf.mul(standardized(x, mean, variance, shape), gamma), beta);
    return [tf.reshape(shape.relu ? tf.relu(y) : y, x.shape), mean, variance];
  },
  wasm: ({ x, gamma, beta }, shape) => batchNormByWasm(x, gamma, beta, shape),
  saveOutputs: [false, true, true],
  gradient: ([dy], { inputs: { x, gamma, beta }, outputs: [mean, variance] }, shape) => {
    const all = { x, gamma, beta, mean, variance, dy } as Record<GradientInput, tf.Tensor>;
    const [dx, dGamma, dBeta] = runGradient(all, shape) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return { x: () => dx, gamma: () => dGamma, beta: () => dBeta };
  },
});

const gradientInputs = ["x", "gamma", "beta", "mean", "variance", "dy"] as const;
type GradientInput = (typeof gradientInputs)[number];

const runGradient = defineOperation<GradientInput, NormShape>(gradientInputs, {
  name: "RetortBatchNormGradient",
  gpu: (backend, { x, gamma, beta, mean, variance, dy }, shape) => {
    const { groups, channels } = shape;
    const [dx, dGamma, dBeta] = [
      backend.output([...x.shape]),
      gradientOutput(backend, [channels], gamma.dataId),
      gradientOutput(backend, [channels], beta.dataId),
    ];
    if (isSmall(shape)) {
      backend.run(gradientSmall(shape), [x, gamma, beta, dy, dx, dGamma, dBeta]);
      return [dx, dGamma, dBeta];
    }
    const forward = [x, gamma, beta, mean, variance];
    const [sums, groupSums] = [chunkSums(backend, shape), backend.output([2, groups, channels])];
    backend.run(chunkGradients(shape), [...forward, dy, sums]);
    backend.run(mergeGradients(shape, baseChunks(shape)), [sums, groupSums, dGamma, dBeta]);
    backend.run(inputGradient(shape), [...forward, groupSums, dy, dx]);
    for (const { dataId } of [sums, groupSums]) backend.disposeData(dataId);
    return [dx, dGamma, dBeta];
  },
  reference: ({ x, gamma, beta, mean, variance, dy }, shape) => {
    const xHat = standardized(x, mean, variance, shape);
    const positive = tf.step(tf.add(tf.mul(xHat, gamma), beta));
    const gated = shape.relu ? tf.mul(grouped(dy, shape), positive) : grouped(dy, shape);
    const weighted = tf.mul(gated, xHat);
    const centered = tf.sub(gated, tf.add(tf.mean(gated, 1, true), tf.mul(xHat, tf.mean(weighted, 1, true))));
    const scale = tf.mul(gamma, tf.rsqrt(tf.add(perGroup(variance, shape), shape.epsilon)));
    return [tf.reshape(tf.mul(scale, centered), x.shape), tf.sum(weighted, [0, 1]), tf.sum(gated, [0, 1])];
  },
  wasm: batchNormGradientByWasm,
});

export interface BatchNormOptions {
  /** The number of consecutive groups (stacked views, split batch norm) in the batch, each with its own statistics. */
  readonly groups: number;
  readonly epsilon: number;
  /** True to apply the ReLU that follows. */
  readonly relu: boolean;
  /** Running statistics to update in place, without gradient. */
  readonly running?: Running;
}

/**
 * Batch normalization with the batch's own statistics, differentiable in x, γ and β.
 *
 * @param x [groups · batch, …, channels]
 * @param gamma [channels]
 * @param beta [channels]
 * @returns `y`, shaped like x; `mean` and biased `variance`, [groups, channels], without gradient. The caller owns all.
 * @throws RangeError when γ or β do not fit the channels, or the batch does not divide into the groups
 */
export function batchNormTrain(
  x: tf.Tensor,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  options: BatchNormOptions,
) {
  const channels = x.shape.at(-1) ?? 0;
  const batch = x.shape[0] ?? 0;
  if (gamma.size !== channels || beta.size !== channels) {
    throw new RangeError(
      `Batch norm over ${channels} channels got γ of ${gamma.size} and β of ${beta.size}.`,
    );
  }
  if (batch % options.groups !== 0) {
    throw new RangeError(`Batch norm cannot divide a batch of ${batch} into ${options.groups} groups.`);
  }
  const { running } = options;
  const shape: TrainShape = { ...options, channels, rows: x.size / channels / options.groups };
  const [y, mean, variance] = runTrain({ x, gamma, beta }, shape) as [tf.Tensor, tf.Tensor2D, tf.Tensor2D];
  if (running && !trainingBackend()) updateRunning(running, { mean, variance }, shape.rows);
  return { y, mean, variance };
}

const runEvaluate = defineOperation<"x" | "gamma" | "beta" | "mean" | "variance", NormShape>(
  ["x", "gamma", "beta", "mean", "variance"],
  {
    name: "RetortBatchNormEvaluation",
    gpu: (backend, { x, gamma, beta, mean, variance }, shape) => {
      const y = backend.output([...x.shape]);
      backend.run(normalize(shape), [x, gamma, beta, mean, variance, y]);
      return [y];
    },
    reference: ({ x, gamma, beta, mean, variance }, shape) => {
      const y = tf.add(tf.mul(standardized(x, mean, variance, shape), gamma), beta);
      return [tf.reshape(shape.relu ? tf.relu(y) : y, x.shape)];
    },
    wasm: batchNormEvaluateByWasm,
  },
);

/**
 * Batch normalization with given (running) statistics, for evaluation and frozen teachers. Has no gradient.
 *
 * @param x [batch, …, channels]
 * @param gamma [channels]
 * @param beta [channels]
 * @param running mean and variance, [channels] each
 * @returns a tensor shaped like x; the caller owns it
 */
export function batchNormEvaluate(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  running: { readonly mean: tf.Tensor; readonly variance: tf.Tensor },
  options: Pick<BatchNormOptions, "epsilon" | "relu">,
): tf.Tensor {
  const channels = x.shape.at(-1) ?? 0;
  const shape: NormShape = { ...options, groups: 1, channels, rows: x.size / channels };
  return runEvaluate({ x, gamma, beta, ...running }, shape)[0] as tf.Tensor;
}

/**
 * running ← keep · running + (1 − keep) · batch for each group in turn, with the unbiased variance, in plain ops.
 *
 * @param batch mean and biased variance, [groups, channels]
 * @param rows the number of rows that each group's statistics were computed over
 */
function updateRunning(
  { mean, variance, keep = runningMomentum }: Running,
  batch: { readonly mean: tf.Tensor2D; readonly variance: tf.Tensor2D },
  rows: number,
): void {
  const [groups, channels] = batch.mean.shape;
  const unbiased = tf.mul(batch.variance, rows / Math.max(1, rows - 1));
  for (const [kept, seen] of [
    [mean, batch.mean],
    [variance, unbiased],
  ] as const) {
    let next: tf.Tensor = kept;
    for (let g = 0; g < groups; g++) {
      const row = tf.reshape(tf.slice(seen, [g, 0], [1, channels]), [channels]);
      next = tf.add(tf.mul(next, keep), tf.mul(row, 1 - keep));
    }
    kept.assign(next);
  }
}
