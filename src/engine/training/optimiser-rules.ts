import type * as tf from "@tensorflow/tfjs-core";
import type { OptimiserSettings } from "../../protocol/experiment";
import { clipByGlobalNorm, clipEachNorm } from "../math/gradient-clipping";
import type { ParameterStore } from "../networks/parameters";

/** An optimiser without its rates, which the step says. */
export type UpdateRule = Omit<OptimiserSettings, "learningRate" | "teacherLearningRate">;

/** Updates all parameters of some stores in place. Owns its moments; dispose it. */
export interface Optimiser {
  /** @param gradients by the variables' own names, as `tf.variableGrads` gives them; they stay the caller's */
  update(gradients: tf.NamedTensorMap): void;
  dispose(): void;
}

/** η: .001 in SimDis, .02 in solo-learn (METHODS §3). */
export const trustCoefficients = { simdis: 0.001, solo: 0.02 } as const;

/** @throws when the loss does not depend on the variable */
export function gradientOf(gradients: tf.NamedTensorMap, variable: tf.Variable, name: string): tf.Tensor {
  const gradient = gradients[variable.name];
  if (!gradient) throw new Error(`The loss does not depend on ${name}.`);
  return gradient;
}

/** Biases and batch norm's γ and β: what LARS does not scale and weight decay may leave alone. */
export const isVector = (variable: tf.Variable): boolean => variable.rank === 1;

/** The weight decay of one variable. */
export function decayOf(variable: tf.Variable, { weightDecay, decayed }: UpdateRule): number {
  return decayed === "weights" && isVector(variable) ? 0 : weightDecay;
}

/** A variable with its gradient, clipped as the rule says. */
export interface Steepness {
  readonly variable: tf.Variable;
  readonly gradient: tf.Tensor;
}

/** Run inside a tidy. */
export function clippedGradients(
  stores: readonly ParameterStore[],
  gradients: tf.NamedTensorMap,
  { clip, clipNorm }: UpdateRule,
): Steepness[] {
  const named = stores.flatMap((store) => [...store.variables]);
  const raw = named.map(([name, variable]) => gradientOf(gradients, variable, name));
  const clipped =
    clip === "none" ? raw : clip === "global" ? clipByGlobalNorm(raw, clipNorm) : clipEachNorm(raw, clipNorm);
  return named.map(([, variable], i) => ({ variable, gradient: clipped[i] as tf.Tensor }));
}
