import type * as tf from "@tensorflow/tfjs-core";
import { batchNormEvaluate, batchNormTrain } from "../operations/batch-norm/batch-norm";
import type { ParameterPlan, ParameterStore } from "./parameters";

/** Batch norm's ε (docs/methods.md §2); the default of tfjs-layers is 1e-3. */
export const normEpsilon = 1e-5;

/** How batch norm behaves in a forward pass. */
export type NormMode =
  /**
   * Uses batch statistics, separately for each of `groups` consecutive parts of the batch; `keep` is the share that
   * running statistics keep in an update.
   */
  | { readonly kind: "train"; readonly groups: number; readonly keep?: number }
  /** Uses batch statistics without updating the running ones, so that a frozen teacher does not change. */
  | { readonly kind: "frozen"; readonly groups: number }
  /** Uses the running statistics. */
  | { readonly kind: "evaluate" };

/** The parameters, statistics and modes of a forward pass. */
export interface Pass {
  readonly parameters: ParameterStore;
  readonly statistics: ParameterStore;
  readonly mode: NormMode;
  /** Whether a binary network's weights are binary. */
  readonly binaryWeights?: boolean;
}

/** The parameters of a batch norm: γ starts at 1, β at 0. */
export function normParameters(name: string, channels: number): ParameterPlan[] {
  return [
    { name: `${name}/gamma`, shape: [channels], initializer: { kind: "constant", value: 1 } },
    { name: `${name}/beta`, shape: [channels], initializer: { kind: "constant", value: 0 } },
  ];
}

/** The running statistics of a batch norm: mean starts at 0, variance at 1. They are not trained. */
export function normStatistics(name: string, channels: number): ParameterPlan[] {
  return [
    { name: `${name}/mean`, shape: [channels], initializer: { kind: "constant", value: 0 } },
    { name: `${name}/variance`, shape: [channels], initializer: { kind: "constant", value: 1 } },
  ];
}

/** γ, β and, if a pass updates them, the running statistics of the layer `name`. */
export function normOf({ parameters, statistics, mode }: Pass, name: string) {
  const running = { mean: statistics.get(`${name}/mean`), variance: statistics.get(`${name}/variance`) };
  return {
    gamma: parameters.get(`${name}/gamma`) as tf.Tensor as tf.Tensor1D,
    beta: parameters.get(`${name}/beta`) as tf.Tensor as tf.Tensor1D,
    ...(mode.kind === "train" ? { running: { ...running, keep: mode.keep } } : {}),
  };
}

/** Batch norm of the layer `name`, optionally with ReLU. The result has x's shape, and the caller owns it. */
export function normalize<T extends tf.Tensor>(pass: Pass, name: string, x: T, relu: boolean): T {
  const { statistics, mode } = pass;
  const { gamma, beta, ...updated } = normOf(pass, name);
  const options = { epsilon: normEpsilon, relu };
  if (mode.kind === "evaluate") {
    const running = { mean: statistics.get(`${name}/mean`), variance: statistics.get(`${name}/variance`) };
    return batchNormEvaluate(x, gamma, beta, running, options) as T;
  }
  return batchNormTrain(x, gamma, beta, { ...options, groups: mode.groups, ...updated }).y as T;
}
