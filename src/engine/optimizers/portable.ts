import * as tf from "@tensorflow/tfjs-core";
import type { StepScalar } from "../math/step-scalar";
import { adamMoments, adamUpdate } from "./adam/rule";
import { larsUpdate, trustCoefficients } from "./lars/rule";
import {
  clippedGradients,
  type Differentiated,
  decayOf,
  isVector,
  type NamedGradient,
  type Optimizer,
  type ParameterSet,
  type UpdateRule,
  variablesOf,
} from "./rules";
import { type MomentumState, sgdUpdate } from "./sgd/rule";
import type { ScalarName, StepInputs } from "./step-inputs";

/** Applies the pure rules to one parameter after another, for backends without kernels: WASM, WebGL and CPU. */
export class PortableOptimizer implements Optimizer {
  private readonly first = new Map<tf.Variable, tf.Variable>();
  private readonly second = new Map<tf.Variable, tf.Variable>();

  constructor(
    private readonly stores: readonly ParameterSet[],
    private readonly rule: UpdateRule,
    private readonly inputs: StepInputs,
    private readonly rate: ScalarName,
  ) {
    const isAdam = rule.kind === "adam" || rule.kind === "adamw";
    for (const variable of variablesOf(stores)) {
      this.first.set(variable, zerosLike(variable));
      if (isAdam) this.second.set(variable, zerosLike(variable));
    }
  }

  differentiate(loss: () => tf.Scalar): Differentiated {
    return tf.variableGrads(loss, variablesOf(this.stores));
  }

  update(gradients: tf.NamedTensorMap): void {
    tf.tidy(() => {
      for (const one of clippedGradients(this.stores, gradients, this.rule)) this.updateOne(one);
    });
  }

  dispose(): void {
    tf.dispose([...this.first.values(), ...this.second.values()]);
  }

  private updateOne(given: NamedGradient): void {
    const buffer = this.first.get(given.variable) as tf.Variable;
    const next = this.after({ parameter: given.variable, buffer }, given);
    buffer.assign(next.buffer);
    given.variable.assign(next.parameter);
  }

  /** Computes the next state of one parameter. Adam's second moment is updated here. */
  private after(state: MomentumState, { name, variable, gradient }: NamedGradient): MomentumState {
    const { rule, inputs } = this;
    const learningRate = scaled(inputs.stepScalar(this.rate), rule.rateFactor?.(name) ?? 1);
    const shared = { learningRate, weightDecay: decayOf(variable, rule) };
    const settings = { ...shared, momentum: rule.momentum };
    switch (rule.kind) {
      case "sgd":
        return sgdUpdate(state, gradient, { ...settings, nesterov: rule.nesterov });
      case "lars":
        return larsUpdate(state, gradient, {
          ...settings,
          trustCoefficient: trustCoefficients[rule.larsRule],
          rule: rule.larsRule,
          excluded: isVector(variable),
        });
      case "adam":
      case "adamw": {
        const second = this.second.get(variable) as tf.Variable;
        const next = adamUpdate({ parameter: variable, first: state.buffer, second }, gradient, {
          ...adamMoments,
          ...shared,
          beta1: rule.momentum,
          decay: rule.kind === "adamw" ? "decoupled" : "gradient",
          corrections: { first: inputs.stepScalar("adamFirst"), second: inputs.stepScalar("adamSecond") },
        });
        second.assign(next.second);
        return { parameter: next.parameter, buffer: next.first };
      }
      case "shampoo":
        throw new Error("Shampoo has an optimizer of its own.");
      default:
        return rule.kind satisfies never;
    }
  }
}

const zerosLike = (variable: tf.Variable) => tf.tidy(() => tf.variable(tf.zeros(variable.shape), false));

function scaled(rate: StepScalar, factor: number): StepScalar {
  if (typeof rate === "number") return rate * factor;
  return factor === 1 ? rate : tf.mul<tf.Scalar>(rate, factor);
}
