import type * as tf from "@tensorflow/tfjs-core";
import type { OptimizerSettings } from "../../protocol/experiment";
import type { Placement } from "../backend/slab";
import { clipByGlobalNorm, clipEachNorm } from "./clipping/rule";

/** The parameters that an optimizer updates: those of one network, or of a part of it. */
export interface ParameterSet {
  readonly variables: ReadonlyMap<string, tf.Variable>;
  /** On WebGPU, the slab [size] that the variables are views into. */
  readonly flat: tf.Tensor1D | undefined;
  /** The range of each parameter in `flat`. */
  readonly placements: ReadonlyMap<string, Placement>;
  /** The count of numbers in `flat`, including padding. */
  readonly size: number;
}

/** The settings of an optimizer without its learning rates, which each step supplies. */
export interface UpdateRule
  extends Omit<
    OptimizerSettings,
    "learningRate" | "teacherLearningRate" | "layerRates" | "teacherDecay" | "teacherWeightDecay"
  > {
  /** Returns the factor on the learning rate of a parameter, by its name; 1 for all if absent. */
  readonly rateFactor?: (parameter: string) => number;
}

/** A loss and its gradients by the variables' own names; the caller owns them. */
export type Differentiated = { readonly value: tf.Scalar; readonly grads: tf.NamedTensorMap };

/** Updates all parameters of one or more sets in place. Owns its moments; dispose it. */
export interface Optimizer {
  /**
   * Differentiates a loss by all its parameters, and by nothing else. On WebGPU the gradients lie where {@link update}
   * reads them, until the next call.
   */
  differentiate(loss: () => tf.Scalar): Differentiated;
  /** @param gradients by the variables' own names, as returned by `tf.variableGrads`; the caller keeps them */
  update(gradients: tf.NamedTensorMap): void;
  dispose(): void;
}

/** All parameters of some sets. */
export const variablesOf = (stores: readonly ParameterSet[]): tf.Variable[] =>
  stores.flatMap((store) => [...store.variables.values()]);

/** Returns the gradient of a variable. @throws Error when the loss does not depend on the variable */
export function gradientOf(gradients: tf.NamedTensorMap, variable: tf.Variable, name: string): tf.Tensor {
  const gradient = gradients[variable.name];
  if (!gradient) throw new Error(`The loss does not depend on ${name}.`);
  return gradient;
}

/** True for biases and batch norm's γ and β, which LARS does not scale and weight decay may skip. */
export const isVector = (variable: tf.Variable): boolean => variable.rank === 1;

/** Returns the weight decay of one variable under a rule. */
export function decayOf(variable: tf.Variable, { kind, weightDecay, decayed }: UpdateRule): number {
  return kind !== "lars" && decayed === "weights" && isVector(variable) ? 0 : weightDecay;
}

/** A variable with its gradient, clipped according to the rule. */
export interface NamedGradient {
  /** The name of the parameter within its network. */
  readonly name: string;
  readonly variable: tf.Variable;
  readonly gradient: tf.Tensor;
}

/** Pairs all variables with their clipped gradients. To be run inside a tidy. */
export function clippedGradients(
  stores: readonly ParameterSet[],
  gradients: tf.NamedTensorMap,
  { clip, clipNorm }: UpdateRule,
): NamedGradient[] {
  const named = stores.flatMap((store) => [...store.variables]);
  const raw = named.map(([name, variable]) => gradientOf(gradients, variable, name));
  const clipped =
    clip === "none" ? raw : clip === "global" ? clipByGlobalNorm(raw, clipNorm) : clipEachNorm(raw, clipNorm);
  return named.map(([name, variable], i) => ({ name, variable, gradient: clipped[i] as tf.Tensor }));
}
