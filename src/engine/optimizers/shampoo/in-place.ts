import * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../../backend/resident-tensor";
import { adamMoments } from "../adam/rule";
import {
  clippedGradients,
  type Differentiated,
  decayOf,
  type Optimizer,
  type ParameterSet,
  type UpdateRule,
  variablesOf,
} from "../rules";
import type { ScalarName, StepInputs } from "../step-inputs";
import { type ShampooBlock, type ShampooState, shampooUpdate, startShampoo } from "./rule";

/** β of the statistics (docs/methods.md §3.1). */
const statisticsMomentum = 0.95;

/** Applies Shampoo to one parameter after another, on any backend. Its state changes in place. */
export class ShampooOptimizer implements Optimizer {
  private readonly states = new Map<tf.Variable, Resident>();

  constructor(
    private readonly stores: readonly ParameterSet[],
    private readonly rule: UpdateRule,
    private readonly inputs: StepInputs,
    private readonly rate: ScalarName,
  ) {
    for (const variable of variablesOf(stores)) {
      const fresh = tensorsOf(startShampoo(variable));
      const state = fresh.map((tensor) => ResidentTensor.of(tensor));
      this.states.set(variable, { parameter: ResidentTensor.of(variable), state });
    }
  }

  differentiate(loss: () => tf.Scalar): Differentiated {
    return tf.variableGrads(loss, variablesOf(this.stores));
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
        const resident = this.states.get(variable) as Resident;
        const weightDecay = decayOf(variable, rule);
        const factor = rule.rateFactor?.(name) ?? 1;
        const learningRate =
          factor === 1 ? settings.learningRate : tf.mul<tf.Scalar>(settings.learningRate, factor);
        const state = stateOf(resident);
        const next = shampooUpdate(state, gradient, { ...settings, learningRate, weightDecay });
        resident.parameter.copyFrom(next.parameter);
        for (const [i, tensor] of tensorsOf(next).entries()) resident.state[i]?.copyFrom(tensor);
      }
    });
  }

  dispose(): void {
    for (const { state } of this.states.values()) for (const resident of state) resident.dispose();
  }
}

const partsOfBlock = ["left", "right", "leftRoot", "rightRoot"] as const satisfies (keyof ShampooBlock)[];

/** A {@link ShampooState} that changes in place. */
interface Resident {
  /** Owned by the network. */
  readonly parameter: ResidentTensor<tf.Variable>;
  readonly state: readonly ResidentTensor[];
}

/** The tensors of a state, except for the parameter, in a fixed order. */
function tensorsOf({ first, second, blocks }: ShampooState): tf.Tensor[] {
  return [first, second, ...blocks.flatMap((block) => partsOfBlock.map((part) => block[part]))];
}

/** The inverse of {@link tensorsOf}. */
function stateOf({ parameter, state }: Resident): ShampooState {
  const [first, second, ...rest] = state.map(({ tensor }) => tensor);
  const count = partsOfBlock.length;
  const blocks = Array.from({ length: rest.length / count }, (_, i) => {
    const parts = partsOfBlock.map((part, j) => [part, rest[i * count + j]] as const);
    return Object.fromEntries(parts) as ShampooBlock;
  });
  return { parameter: parameter.tensor, first: first as tf.Tensor, second: second as tf.Tensor, blocks };
}
