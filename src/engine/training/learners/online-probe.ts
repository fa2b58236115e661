import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../../math/random";
import { supervisedLoss } from "../../methods/supervised";
import { linear, linearParameters } from "../../networks/heads";
import { type NamedNumbers, ParameterStore } from "../../networks/parameters";
import { plainSgd } from "../../optimizers/optimizer";
import type { StepInputs } from "../../optimizers/step-inputs";
import { releaseOutcome, Trainee } from "./trainee";

/** The probe's learning rate: 0.1 per batch of 256, without weight decay (docs/methods.md §5.1). */
export const probeLearningRate = 0.1;
const rule = { ...plainSgd, momentum: 0.9, weightDecay: 0 };

/**
 * A linear classifier that is trained alongside an encoder. It gets features as values after the encoder's tape has
 * ended, so that its gradient cannot reach the encoder.
 */
export class OnlineProbe {
  private readonly store: ParameterStore;
  private readonly trainee: Trainee;

  constructor(features: number, classes: number, inputs: StepInputs, random: Random) {
    this.store = ParameterStore.create(linearParameters("probe", features, classes), random);
    this.trainee = new Trainee([this.store], rule, inputs, "probeRate");
  }

  /** Copies the weights of another probe of the same features, without its optimizer's momentum. */
  takeOver(other: OnlineProbe): void {
    this.store.copyFrom(other.store);
  }

  /** Takes one step. @param features [rows, features] @param labels int32 [rows] */
  learn(features: tf.Tensor2D, labels: tf.Tensor1D): void {
    const done = this.trainee.differentiate(() => {
      const total = supervisedLoss(linear(this.store, "probe", features), labels);
      return { total, terms: [], kept: {} };
    });
    this.trainee.apply(done);
    releaseOutcome(done);
  }

  /** Logits of features, [rows, features] → [rows, classes]. The caller owns them. */
  logits(features: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => linear(this.store, "probe", features));
  }

  /** Its weights, by name. */
  named(): Promise<readonly NamedNumbers[]> {
    return this.store.named();
  }

  dispose(): void {
    this.store.dispose();
    this.trainee.dispose();
  }
}
