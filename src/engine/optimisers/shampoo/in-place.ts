import * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../../backend/resident-tensor";
import { adamMoments } from "../adam/rule";
import { clippedGradients, decayOf, type Optimiser, type ParameterSet, type UpdateRule } from "../rules";
import type { ScalarName, StepInputs } from "../step-inputs";
import { type ShampooBlock, type ShampooState, shampooUpdate, startShampoo } from "./rule";

/** β of the statistics (docs/methods.md §3.1). */
const statisticsMomentum = 0.95;

/** Shampoo parameter by parameter, on any backend. Its state is changed in place. */
export class ShampooOptimiser implements Optimiser {
  private readonly states = new Map<tf.Variable, ResidentState>();

  constructor(
    private readonly stores: readonly ParameterSet[],
    private readonly rule: UpdateRule,
    private readonly inputs: StepInputs,
    private readonly rate: ScalarName,
  ) {
    for (const variable of stores.flatMap((store) => [...store.variables.values()])) {
      this.states.set(variable, residentOf(variable));
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
        const state = this.states.get(variable) as ResidentState;
        const weightDecay = decayOf(variable, rule);
        const factor = rule.rateFactor?.(name) ?? 1;
        const learningRate =
          factor === 1 ? settings.learningRate : tf.mul<tf.Scalar>(settings.learningRate, factor);
        const next = shampooUpdate(stateOf(state), gradient, { ...settings, learningRate, weightDecay });
        put(state, next);
      }
    });
  }

  dispose(): void {
    // The parameters are variables of the networks.
    for (const { first, second, blocks } of this.states.values())
      for (const resident of [first, second, ...blocks.flatMap((block) => Object.values(block))])
        resident.dispose();
  }
}

/** A {@link ShampooState} that is changed in place. */
interface ResidentState {
  readonly parameter: ResidentTensor<tf.Variable>;
  readonly first: ResidentTensor;
  readonly second: ResidentTensor;
  readonly blocks: readonly Readonly<Record<keyof ShampooBlock, ResidentTensor<tf.Tensor2D>>>[];
}

const residentOf = (variable: tf.Variable): ResidentState => {
  const { first, second, blocks } = startShampoo(variable);
  return {
    parameter: ResidentTensor.of(variable),
    first: ResidentTensor.of(first),
    second: ResidentTensor.of(second),
    blocks: blocks.map(({ left, right, leftRoot, rightRoot }) => ({
      left: ResidentTensor.of(left),
      right: ResidentTensor.of(right),
      leftRoot: ResidentTensor.of(leftRoot),
      rightRoot: ResidentTensor.of(rightRoot),
    })),
  };
};

const stateOf = ({ parameter, first, second, blocks }: ResidentState): ShampooState => ({
  parameter: parameter.tensor,
  first: first.tensor,
  second: second.tensor,
  blocks: blocks.map(({ left, right, leftRoot, rightRoot }) => ({
    left: left.tensor,
    right: right.tensor,
    leftRoot: leftRoot.tensor,
    rightRoot: rightRoot.tensor,
  })),
});

function put(state: ResidentState, next: ShampooState): void {
  state.parameter.copyFrom(next.parameter);
  state.first.copyFrom(next.first);
  state.second.copyFrom(next.second);
  for (const [i, block] of state.blocks.entries()) {
    const { left, right, leftRoot, rightRoot } = next.blocks[i] as ShampooBlock;
    block.left.copyFrom(left);
    block.right.copyFrom(right);
    block.leftRoot.copyFrom(leftRoot);
    block.rightRoot.copyFrom(rightRoot);
  }
}
