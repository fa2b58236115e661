import * as tf from "@tensorflow/tfjs-core";
import type { ParameterStore } from "../../networks/parameters";
import { createOptimizer, type Optimizer, type UpdateRule } from "../../optimizers/optimizer";
import type { ScalarName, StepInputs } from "../../optimizers/step-inputs";

/** A loss and the terms of it that are reported. A type alias: tfjs's tidy asks for one. */
export type Loss = {
  readonly total: tf.Scalar;
  readonly terms: readonly tf.Scalar[];
};

/** What one forward pass gives: the loss, and tensors that are needed afterwards. */
export type Forward<Kept extends string> = Loss & {
  /** As values: no gradient flows through them later. */
  readonly kept: Readonly<Record<Kept, tf.Tensor2D>>;
};

/** What one backward pass leaves; its caller owns everything: {@link releaseOutcome}. */
export type Outcome<Kept extends string> = Forward<Kept> & {
  readonly gradients: tf.NamedTensorMap;
};

export function releaseOutcome({ gradients, total, terms, kept }: Outcome<string>): void {
  tf.dispose([gradients, total, [...terms], Object.values(kept)]);
}

/** Parameters that learn together from one loss. Owns the optimiser, not the parameters. */
export class Trainee {
  private readonly optimiser: Optimizer;

  constructor(
    stores: readonly ParameterStore[],
    rule: UpdateRule,
    inputs: StepInputs,
    /** The scalar that holds the learning rate. */
    rate: ScalarName,
  ) {
    this.optimiser = createOptimizer(stores, rule, inputs, rate);
  }

  /** The loss and its gradients by the trainee's parameters, and by nothing else. */
  differentiate<Kept extends string>(forward: () => Forward<Kept>): Outcome<Kept> {
    let done: Forward<Kept> | undefined;
    const { value, grads } = this.optimiser.differentiate(() => {
      done = forward();
      for (const tensor of [...done.terms, ...Object.values<tf.Tensor>(done.kept)]) tf.keep(tensor);
      return done.total;
    });
    if (!done) throw new Error("The loss was not computed.");
    return { ...done, total: value, gradients: grads };
  }

  apply({ gradients }: Pick<Outcome<string>, "gradients">): void {
    this.optimiser.update(gradients);
  }

  dispose(): void {
    this.optimiser.dispose();
  }
}
