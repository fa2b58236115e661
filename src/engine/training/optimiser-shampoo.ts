import * as tf from "@tensorflow/tfjs-core";
import { compiledSteps } from "../compiled/compiled-steps";
import { trainingBackend } from "../kernels/backend";
import { adamMoments } from "../math/optimisers-adam";
import { type ShampooState, shampooUpdate, startShampoo } from "../math/shampoo";
import type { ParameterStore } from "../networks/parameters";
import { clippedGradients, decayOf, type Optimiser, type UpdateRule } from "./optimiser-rules";
import type { ScalarName, StepInputs } from "./step-inputs";

/** β of the statistics (METHODS §3). */
const statisticsMomentum = 0.95;

/** Shampoo parameter by parameter, on any backend. Its state is changed in place. */
export class ShampooOptimiser implements Optimiser {
  private readonly states = new Map<tf.Variable, ShampooState>();

  constructor(
    private readonly stores: readonly ParameterStore[],
    private readonly rule: UpdateRule,
    private readonly inputs: StepInputs,
    private readonly rate: ScalarName,
  ) {
    for (const variable of stores.flatMap((store) => [...store.variables.values()])) {
      const state = startShampoo(variable);
      for (const tensor of tensorsOf(state)) {
        tf.keep(tensor);
        trainingBackend()?.uploadToGPU(tensor.dataId);
      }
      this.states.set(variable, state);
    }
  }

  update(gradients: tf.NamedTensorMap): void {
    const { inputs, rule } = this;
    tf.tidy(() => {
      const corrections = { first: inputs.scalar("adamFirst"), second: inputs.scalar("adamSecond") };
      const settings = {
        ...adamMoments,
        beta1: rule.momentum,
        learningRate: inputs.scalar(this.rate),
        corrections,
        statisticsMomentum,
        refreshRoots: inputs.freshRoots,
      };
      for (const { name, variable, gradient } of clippedGradients(this.stores, gradients, rule)) {
        const state = this.states.get(variable) as ShampooState;
        const weightDecay = decayOf(variable, rule);
        const factor = rule.rateFactor?.(name) ?? 1;
        const learningRate =
          factor === 1 ? settings.learningRate : tf.mul<tf.Scalar>(settings.learningRate, factor);
        const next = shampooUpdate(state, gradient, { ...settings, learningRate, weightDecay });
        this.put(variable, state, next);
      }
    });
  }

  dispose(): void {
    for (const state of this.states.values()) tf.dispose(tensorsOf(state));
  }

  private put(variable: tf.Variable, state: ShampooState, next: ShampooState): void {
    const backend = trainingBackend() ?? compiledSteps();
    if (!backend) {
      variable.assign(next.parameter);
      tf.dispose(tensorsOf(state));
      for (const tensor of tensorsOf(next)) tf.keep(tensor);
      this.states.set(variable, { ...next, parameter: variable });
      return;
    }
    backend.copyInPlace(next.parameter, variable);
    const fresh = tensorsOf(next);
    for (const [i, tensor] of tensorsOf(state).entries()) {
      const given = fresh[i] as tf.Tensor;
      // A root that was not computed anew is the old one itself.
      if (given.dataId !== tensor.dataId) backend.copyInPlace(given, tensor);
    }
  }
}

/** All but the parameter, which is a variable of the network. */
function tensorsOf({ first, second, blocks }: ShampooState): tf.Tensor[] {
  const ofBlocks = blocks.flatMap(({ left, right, leftRoot, rightRoot }) => [
    left,
    right,
    leftRoot,
    rightRoot,
  ]);
  return [first, second, ...ofBlocks];
}
