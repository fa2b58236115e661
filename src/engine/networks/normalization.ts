import type * as tf from "@tensorflow/tfjs-core";
import {
  batchNormEvaluate,
  batchNormTrain,
  runningMomentum,
  updateRunningStatistics,
} from "../kernels/batch-norm";
import type { ParameterPlan, ParameterStore } from "./parameters";

/** docs/methods.md §2; tfjs-layers' default of 1e-3 is another. */
export const normEpsilon = 1e-5;

/** How batch norm behaves in a forward pass. */
export type NormMode =
  /** Statistics of each of `groups` consecutive parts of the batch; `keep` is what running statistics keep of themselves. */
  | { readonly kind: "train"; readonly groups: number; readonly keep?: number }
  /** Batch statistics that leave no trace: a frozen teacher stays as it is, bit for bit. */
  | { readonly kind: "frozen"; readonly groups: number }
  /** Running statistics. */
  | { readonly kind: "evaluate" };

/** Everything that a forward pass reads. */
export interface Pass {
  readonly parameters: ParameterStore;
  readonly statistics: ParameterStore;
  readonly mode: NormMode;
  /** Whether a binary network's weights have two values. */
  readonly binaryWeights?: boolean;
}

/** γ starts at 1, β at 0. */
export function normParameters(name: string, channels: number): ParameterPlan[] {
  return [
    { name: `${name}/gamma`, shape: [channels], initializer: { kind: "constant", value: 1 } },
    { name: `${name}/beta`, shape: [channels], initializer: { kind: "constant", value: 0 } },
  ];
}

/** Running statistics start at mean 0 and variance 1. They are not trained. */
export function normStatistics(name: string, channels: number): ParameterPlan[] {
  return [
    { name: `${name}/mean`, shape: [channels], initializer: { kind: "constant", value: 0 } },
    { name: `${name}/variance`, shape: [channels], initializer: { kind: "constant", value: 1 } },
  ];
}

/** Batch norm of the layer `name`, with ReLU if wanted. Same shape as x; the caller owns the result. */
export function normalize<T extends tf.Tensor>(
  { parameters, statistics, mode }: Pass,
  name: string,
  x: T,
  relu: boolean,
): T {
  const gamma = parameters.get(`${name}/gamma`) as tf.Tensor as tf.Tensor1D;
  const beta = parameters.get(`${name}/beta`) as tf.Tensor as tf.Tensor1D;
  const running = { mean: statistics.get(`${name}/mean`), variance: statistics.get(`${name}/variance`) };
  if (mode.kind === "evaluate")
    return batchNormEvaluate(x, gamma, beta, running, { epsilon: normEpsilon, relu }) as T;
  const { y, mean, variance } = batchNormTrain(x, gamma, beta, {
    groups: mode.groups,
    epsilon: normEpsilon,
    relu,
  });
  if (mode.kind === "train") {
    const rows = x.size / gamma.size / mode.groups;
    updateRunningStatistics(running, { mean, variance }, rows, mode.keep ?? runningMomentum);
  }
  return y as T;
}
