import type * as tf from "@tensorflow/tfjs-core";
import type { OptimiserSettings } from "../../protocol/experiment";
import type { Placement } from "../backend/slab";
import { clipByGlobalNorm, clipEachNorm } from "./clipping/rule";

/** Parameters as an optimiser sees them: those of one network, or of a part of it. */
export interface ParameterSet {
  readonly variables: ReadonlyMap<string, tf.Variable>;
  /** On WebGPU: all numbers side by side, of which the variables are views. */
  readonly flat: tf.Tensor1D | undefined;
  /** Where each lies in `flat`. */
  readonly placements: ReadonlyMap<string, Placement>;
  /** Numbers of `flat`, padding included. */
  readonly size: number;
}

/** An optimiser without its rates, which the step says. */
export interface UpdateRule
  extends Omit<
    OptimiserSettings,
    "learningRate" | "teacherLearningRate" | "layerRates" | "teacherDecay" | "teacherWeightDecay"
  > {
  /** Factor on the rate of a parameter, by its name; without it all learn alike. */
  readonly rateFactor?: (parameter: string) => number;
}

/** Updates all parameters of some sets in place. Owns its moments; dispose it. */
export interface Optimiser {
  /** @param gradients by the variables' own names, as `tf.variableGrads` gives them; they stay the caller's */
  update(gradients: tf.NamedTensorMap): void;
  dispose(): void;
}

/** @throws when the loss does not depend on the variable */
export function gradientOf(gradients: tf.NamedTensorMap, variable: tf.Variable, name: string): tf.Tensor {
  const gradient = gradients[variable.name];
  if (!gradient) throw new Error(`The loss does not depend on ${name}.`);
  return gradient;
}

/** Biases and batch norm's γ and β: what LARS does not scale and weight decay may leave alone. */
export const isVector = (variable: tf.Variable): boolean => variable.rank === 1;

/** The weight decay of one variable. */
export function decayOf(variable: tf.Variable, { kind, weightDecay, decayed }: UpdateRule): number {
  return kind !== "lars" && decayed === "weights" && isVector(variable) ? 0 : weightDecay;
}

/** A variable with its gradient, clipped as the rule says. */
export interface NamedGradient {
  /** Of the parameter within its network. */
  readonly name: string;
  readonly variable: tf.Variable;
  readonly gradient: tf.Tensor;
}

/** Run inside a tidy. */
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
