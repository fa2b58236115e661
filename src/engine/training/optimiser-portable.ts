import * as tf from "@tensorflow/tfjs-core";
import { larsUpdate, sgdUpdate } from "../math/optimisers";
import { adamMoments, adamUpdate } from "../math/optimisers-adam";
import type { ParameterStore } from "../networks/parameters";
import {
  clippedGradients,
  decayOf,
  isVector,
  type Optimiser,
  type Steepness,
  trustCoefficients,
  type UpdateRule,
} from "./optimiser-rules";
import type { ScalarName, StepInputs } from "./step-inputs";

/** The rules' pure functions, parameter by parameter: what WebGL, WASM and CPU run. */
export class PortableOptimiser implements Optimiser {
  private readonly first = new Map<tf.Variable, tf.Variable>();
  private readonly second = new Map<tf.Variable, tf.Variable>();

  constructor(
    private readonly stores: readonly ParameterStore[],
    private readonly rule: UpdateRule,
    private readonly inputs: StepInputs,
    private readonly rate: ScalarName,
  ) {
    const isAdam = rule.kind === "adam" || rule.kind === "adamw";
    for (const variable of stores.flatMap((store) => [...store.variables.values()])) {
      this.first.set(variable, zerosLike(variable));
      if (isAdam) this.second.set(variable, zerosLike(variable));
    }
  }

  update(gradients: tf.NamedTensorMap): void {
    tf.tidy(() => {
      for (const steepness of clippedGradients(this.stores, gradients, this.rule)) this.updateOne(steepness);
    });
  }

  dispose(): void {
    tf.dispose([...this.first.values(), ...this.second.values()]);
  }

  private updateOne({ name, variable, gradient }: Steepness): void {
    const { rule } = this;
    const first = this.first.get(variable) as tf.Variable;
    const second = this.second.get(variable);
    const rate = this.inputs.stepScalar(this.rate);
    const factor = rule.rateFactor?.(name) ?? 1;
    const learningRate =
      factor === 1 ? rate : typeof rate === "number" ? rate * factor : tf.mul<tf.Scalar>(rate, factor);
    const weightDecay = decayOf(variable, rule);
    if (second) {
      const next = adamUpdate({ parameter: variable, first, second }, gradient, {
        ...adamMoments,
        beta1: rule.momentum,
        learningRate,
        weightDecay,
        decay: rule.kind === "adamw" ? "decoupled" : "gradient",
        corrections: {
          first: this.inputs.stepScalar("adamFirst"),
          second: this.inputs.stepScalar("adamSecond"),
        },
      });
      first.assign(next.first);
      second.assign(next.second);
      variable.assign(next.parameter);
      return;
    }
    const settings = { learningRate, momentum: rule.momentum, weightDecay };
    const state = { parameter: variable, buffer: first };
    const next =
      rule.kind === "lars"
        ? larsUpdate(state, gradient, {
            ...settings,
            trustCoefficient: trustCoefficients[rule.larsRule],
            rule: rule.larsRule === "simdis" ? "simdis" : "solo-learn",
            excluded: isVector(variable),
          })
        : sgdUpdate(state, gradient, { ...settings, nesterov: rule.nesterov });
    first.assign(next.buffer);
    variable.assign(next.parameter);
  }
}

const zerosLike = (variable: tf.Variable) => tf.tidy(() => tf.variable(tf.zeros(variable.shape), false));
