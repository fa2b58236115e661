import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "../kernels/backend";
import { updateMomentumAverage } from "../kernels/update";
import { emaUpdate } from "../math/optimisers";
import type { Backbone } from "../networks/backbone";
import type { ParameterStore } from "../networks/parameters";
import { type StepInputs, scalarIndex } from "./step-inputs";

/** ξ ← τξ + (1 − τ)θ in place, τ as the step says. */
export function followOnline(average: ParameterStore, parameters: ParameterStore, inputs: StepInputs): void {
  const backend = trainingBackend();
  if (backend && average.flat && parameters.flat) {
    updateMomentumAverage(backend, {
      average: average.flat,
      parameters: parameters.flat,
      scalars: inputs.scalars,
      tauIndex: scalarIndex("tau"),
    });
    return;
  }
  const tau = inputs.stepScalar("tau");
  for (const [name, variable] of average.variables) {
    tf.tidy(() => variable.assign(emaUpdate(variable, parameters.get(name), tau)));
  }
}

/** A network with its momentum copy. Owns both; dispose it. */
export class MomentumPair {
  readonly momentum: Backbone;

  constructor(
    readonly online: Backbone,
    private readonly inputs: StepInputs,
  ) {
    this.momentum = online.copy();
  }

  /** Running statistics are not averaged. */
  follow(): void {
    followOnline(this.momentum.parameters, this.online.parameters, this.inputs);
  }

  dispose(): void {
    this.online.dispose();
    this.momentum.dispose();
  }
}
