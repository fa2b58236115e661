import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../math/random";
import { type Target, target } from "../math/target";
import type { Pair } from "../methods/byol";
import type { HeadPlan } from "../networks/architecture";
import { Backbone, Predictors } from "../networks/backbone";
import type { EncoderPlan } from "../networks/encoders";
import type { NormMode } from "../networks/normalization";
import { followOnline } from "./momentum";
import { createOptimiser, type Optimiser, type UpdateRule } from "./optimiser";
import type { ScalarName, StepInputs } from "./step-inputs";

/** Two views are stacked into one batch and keep batch statistics of their own. */
const twoViews = 2;

/** The stacked views' halves. */
export function pairOf(stacked: tf.Tensor2D): Pair<tf.Tensor2D> {
  const [rows, columns] = stacked.shape;
  const half = rows / twoViews;
  return {
    v: tf.slice(stacked, [0, 0], [half, columns]),
    vPrime: tf.slice(stacked, [half, 0], [half, columns]),
  };
}

/** Projections of both views, with gradients stopped. */
export function targetsOf(stacked: tf.Tensor2D): Pair<Target> {
  const { v, vPrime } = pairOf(stacked);
  return { v: target(v), vPrime: target(vPrime) };
}

export interface LearnerPlan {
  readonly encoder: EncoderPlan;
  readonly projector: HeadPlan;
  readonly predictor: HeadPlan;
  readonly predictorNames: readonly string[];
}

/** A loss and the terms of it that are reported. A type alias: tfjs's tidy asks for one. */
export type Loss = {
  readonly total: tf.Scalar;
  readonly terms: readonly tf.Scalar[];
};

/** What one backward pass leaves. Everything is kept until {@link release}. */
export interface Differentiated {
  readonly gradients: tf.NamedTensorMap;
  readonly total: tf.Scalar;
  readonly terms: readonly tf.Scalar[];
  /** Of both views, stacked; values only. */
  readonly features: tf.Tensor2D;
  readonly projections: tf.Tensor2D;
}

export function release({ gradients, total, terms, features, projections }: Differentiated): void {
  tf.dispose([gradients, total, [...terms], features, projections]);
}

/** A network with predictors, its momentum copy and its optimiser. Owns them all; dispose it. */
export class Learner {
  readonly momentum: Backbone;
  private readonly optimiser: Optimiser;
  private readonly variables: tf.Variable[];

  private constructor(
    readonly online: Backbone,
    readonly predictors: Predictors,
    rule: UpdateRule,
    private readonly inputs: StepInputs,
    rate: ScalarName,
  ) {
    this.momentum = online.copy();
    const stores = [online.parameters, predictors.parameters];
    this.optimiser = createOptimiser(stores, rule, inputs, rate);
    this.variables = stores.flatMap((store) => [...store.variables.values()]);
  }

  static create(
    plan: LearnerPlan,
    rule: UpdateRule,
    inputs: StepInputs,
    rate: ScalarName,
    random: Random,
    start?: (network: Backbone) => void,
  ): Learner {
    const online = Backbone.create(plan.encoder, plan.projector, random.fork(0));
    start?.(online);
    const predictors = new Predictors(plan.predictorNames, plan.predictor, random.fork(1));
    return new Learner(online, predictors, rule, inputs, rate);
  }

  /** ξ ← τξ + (1 − τ)θ over encoder and projector; running statistics are not averaged (docs/methods.md §1.1). */
  followOnline(): void {
    followOnline(this.momentum.parameters, this.online.parameters, this.inputs);
  }

  /** ẑ(v), ẑ(v′): no tape, batch statistics. */
  momentumTargets(images: tf.Tensor4D): Pair<Target> {
    return targetsOf(this.momentum.embed(images, { kind: "train", groups: twoViews }).projections);
  }

  /** Loss and its gradients by the online network and the predictors, and by nothing else. */
  differentiate(
    images: tf.Tensor4D,
    lossOf: (predict: (name: string) => Pair<tf.Tensor2D>, projections: tf.Tensor2D) => Loss,
  ): Differentiated {
    const mode: NormMode = { kind: "train", groups: twoViews };
    let kept: Omit<Differentiated, "gradients" | "total"> | undefined;
    const { value, grads } = tf.variableGrads(() => {
      const { features, projections } = this.online.embed(images, mode);
      const predicted = new Map<string, Pair<tf.Tensor2D>>();
      const predict = (name: string) => {
        const known = predicted.get(name) ?? pairOf(this.predictors.predict(name, projections, twoViews));
        predicted.set(name, known);
        return known;
      };
      const { total, terms } = lossOf(predict, projections);
      kept = {
        features: tf.keep(features),
        projections: tf.keep(projections),
        terms: terms.map((term) => tf.keep(term)),
      };
      return total;
    }, this.variables);
    if (!kept) throw new Error("The loss was not computed.");
    return { ...kept, total: value, gradients: grads };
  }

  apply({ gradients }: Differentiated): void {
    this.optimiser.update(gradients);
  }

  dispose(): void {
    this.online.dispose();
    this.momentum.dispose();
    this.predictors.dispose();
    this.optimiser.dispose();
  }
}
