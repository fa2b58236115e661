import type * as tf from "@tensorflow/tfjs-core";
import type { Pair } from "../../math/pair";
import type { Random } from "../../math/random";
import { type Target, target } from "../../math/target";
import type { HeadPlan } from "../../networks/architecture";
import { Backbone, Predictors } from "../../networks/backbone";
import type { EncoderPlan } from "../../networks/encoders";
import type { UpdateRule } from "../../optimizers/rules";
import type { ScalarName, StepInputs } from "../../optimizers/step-inputs";
import { MomentumPair } from "./momentum";
import { pairOf } from "./stack";
import type { Loss, Outcome } from "./trainee";
import { Trainee } from "./trainee";

/** Two views are stacked into one batch and keep batch statistics of their own. */
const bothViews = { kind: "train", groups: 2 } as const;

/** Projections of both views, with gradients stopped. */
export function targetsOf(stacked: tf.Tensor2D): Pair<Target> {
  return pairOf(target(stacked));
}

export interface LearnerPlan {
  readonly encoder: EncoderPlan;
  readonly projector: HeadPlan;
  readonly predictor: HeadPlan;
  readonly predictorNames: readonly string[];
  /** The lengths of predictions that are not as long as projections. */
  readonly predictions?: Readonly<Record<string, number>>;
}

/** What is kept of the online network's pass over both views, stacked. */
export type Embedded = "features" | "projections";

/**
 * A network with its momentum copy, and predictors that learn with it and are followed by nothing (docs/methods.md §1.1). Owns them
 * all; dispose it.
 */
export class Learner extends MomentumPair {
  private readonly trainee: Trainee;

  private constructor(
    online: Backbone,
    private readonly predictors: Predictors,
    rule: UpdateRule,
    inputs: StepInputs,
    rate: ScalarName,
  ) {
    super(online, inputs);
    this.trainee = new Trainee([online.parameters, predictors.parameters], rule, inputs, rate);
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
    const predictors = new Predictors(plan.predictorNames, plan.predictor, random.fork(1), plan.predictions);
    return new Learner(online, predictors, rule, inputs, rate);
  }

  /** ẑ(v), ẑ(v′): no tape, batch statistics. */
  momentumTargets(images: tf.Tensor4D): Pair<Target> {
    return targetsOf(this.momentum.embed(images, bothViews).projections);
  }

  /** Loss and its gradients by the online network and the predictors, and by nothing else. */
  differentiate(
    images: tf.Tensor4D,
    lossOf: (predict: (name: string) => Pair<tf.Tensor2D>, projections: tf.Tensor2D) => Loss,
  ): Outcome<Embedded> {
    return this.trainee.differentiate(() => {
      const { features, projections } = this.online.embed(images, bothViews);
      const predicted = new Map<string, Pair<tf.Tensor2D>>();
      const predict = (name: string) => {
        const known =
          predicted.get(name) ?? pairOf(this.predictors.predict(name, projections, bothViews.groups));
        predicted.set(name, known);
        return known;
      };
      return { ...lossOf(predict, projections), kept: { features, projections } };
    });
  }

  apply(outcome: Pick<Outcome<Embedded>, "gradients">): void {
    this.trainee.apply(outcome);
  }

  override dispose(): void {
    super.dispose();
    this.trainee.dispose();
    this.predictors.dispose();
  }
}
