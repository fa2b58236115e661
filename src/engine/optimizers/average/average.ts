import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "../../backend/backend";
import type { ParameterSet } from "../rules";
import { type StepInputs, scalarIndex } from "../step-inputs";
import { updateMomentumAverage } from "./kernel";
import { emaUpdate } from "./rule";

/** Updates a momentum copy, ξ ← τξ + (1 − τ)θ, in place, with the step's τ. */
export function follow(average: ParameterSet, parameters: ParameterSet, inputs: StepInputs): void {
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
    tf.tidy(() => variable.assign(emaUpdate(variable, parameters.variables.get(name) as tf.Variable, tau)));
  }
}
