import * as tf from "@tensorflow/tfjs-core";
import { dense } from "../operations/dense/dense";
import type { HeadPlan } from "./architecture";
import { normalize, normParameters, normStatistics, type Pass } from "./normalization";
import type { ParameterPlan, ParameterStore } from "./parameters";

/** The parameters of a linear layer, uniform in ±1/√from, PyTorch's default. */
export function linearParameters(name: string, from: number, to: number): ParameterPlan[] {
  const initializer = { kind: "uniform", bound: 1 / Math.sqrt(from) } as const;
  return [
    { name: `${name}/weight`, shape: [from, to], initializer },
    { name: `${name}/bias`, shape: [to], initializer },
  ];
}

/** A linear layer, x W + b. [batch, from] → [batch, to]. */
export function linear(parameters: ParameterStore, name: string, x: tf.Tensor2D): tf.Tensor2D {
  const weight = parameters.get(`${name}/weight`) as tf.Tensor as tf.Tensor2D;
  return dense(x, weight, parameters.get(`${name}/bias`) as tf.Tensor as tf.Tensor1D);
}

/**
 * The parameters of a head, FC–BN–ReLU–FC, for projectors and predictors (Grill et al. 2020, §3.2); without BN as in
 * MoCo-v2.
 */
export function headParameters(name: string, { from, hidden, to, norm = true }: HeadPlan): ParameterPlan[] {
  return [
    ...linearParameters(`${name}/hidden`, from, hidden),
    ...(norm ? normParameters(`${name}/hidden`, hidden) : []),
    ...linearParameters(`${name}/out`, hidden, to),
  ];
}

export function headStatistics(name: string, { hidden, norm = true }: HeadPlan): ParameterPlan[] {
  return norm ? normStatistics(`${name}/hidden`, hidden) : [];
}

/** A head's outputs, [batch, plan.from] → [batch, plan.to]. Run inside a tidy; the caller owns the result. */
export function headOutputs(
  pass: Pass,
  name: string,
  { norm = true }: HeadPlan,
  x: tf.Tensor2D,
): tf.Tensor2D {
  const hidden = linear(pass.parameters, `${name}/hidden`, x);
  const active = norm ? normalize(pass, `${name}/hidden`, hidden, true) : tf.relu(hidden);
  return linear(pass.parameters, `${name}/out`, active);
}
