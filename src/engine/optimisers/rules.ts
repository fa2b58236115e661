import type * as tf from "@tensorflow/tfjs-core";
import type { Arm, OptimiserSettings } from "../../protocol/experiment";
import { transferRates } from "../methods/ssld-transfer";
import type { EncoderPlan } from "../networks/encoders";
import { layerGroupOf } from "../networks/layer-groups";
import type { ParameterStore } from "../networks/parameters";
import { clipByGlobalNorm, clipEachNorm } from "./clipping/rule";

/** An optimiser without its rates, which the step says. */
export interface UpdateRule
  extends Omit<
    OptimiserSettings,
    "learningRate" | "teacherLearningRate" | "layerRates" | "teacherDecay" | "teacherWeightDecay"
  > {
  /** Factor on the rate of a parameter, by its name; without it all learn alike. */
  readonly rateFactor?: (parameter: string) => number;
}

/** What updates an arm's student or its teacher, which may have a weight decay of its own. Only a student's layers differ in rate. */
export function ruleFor(
  { optimiser }: Pick<Arm, "optimiser">,
  role: "student" | "teacher",
  encoder: EncoderPlan,
): UpdateRule {
  const {
    layerRates,
    teacherDecay,
    teacherWeightDecay,
    learningRate: _,
    teacherLearningRate: __,
    ...rule
  } = optimiser;
  if (role === "teacher") return teacherDecay === "own" ? { ...rule, weightDecay: teacherWeightDecay } : rule;
  if (layerRates === "uniform") return rule;
  const factors = transferRates[layerRates];
  const rateFactor = (parameter: string) => factors[layerGroupOf(encoder, parameter) ?? -1] ?? 1;
  return { ...rule, rateFactor };
}

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
  /** Of the parameter within its network. */
  readonly name: string;
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
  return named.map(([name, variable], i) => ({ name, variable, gradient: clipped[i] as tf.Tensor }));
}
