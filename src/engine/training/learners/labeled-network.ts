import type * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../../math/random";
import { Backbone } from "../../networks/backbone";
import type { EncoderPlan } from "../../networks/encoders";
import { linear, linearParameters } from "../../networks/heads";
import type { NormMode } from "../../networks/normalization";
import { ParameterStore } from "../../networks/parameters";

/** An encoder with a linear classifier on its features. It owns both and must be disposed. */
export class LabeledNetwork {
  private constructor(
    readonly backbone: Backbone,
    readonly classifier: ParameterStore,
  ) {}

  /** Creates a network. With the same `random`, the encoder has the same initial values in every scheme. */
  static create(encoder: EncoderPlan, classes: number, random: Random): LabeledNetwork {
    return new LabeledNetwork(
      Backbone.create(encoder, undefined, random.fork(0)),
      ParameterStore.create(linearParameters("classifier", encoder.features, classes), random.fork(1)),
    );
  }

  get stores(): readonly ParameterStore[] {
    return [this.backbone.parameters, this.classifier];
  }

  /**
   * Features [batch, features] and logits [batch, classes] of images. Run inside a tidy; the caller owns the results.
   */
  outputs(images: tf.Tensor4D, mode: NormMode): { features: tf.Tensor2D; logits: tf.Tensor2D } {
    const features = this.backbone.features(images, mode);
    return { features, logits: this.logits(features) };
  }

  /** Logits of features, [rows, features] → [rows, classes]. */
  logits(features: tf.Tensor2D): tf.Tensor2D {
    return linear(this.classifier, "classifier", features);
  }

  /** Returns a copy with its own tensors. */
  copy(): LabeledNetwork {
    return new LabeledNetwork(this.backbone.copy(), this.classifier.copy());
  }

  /** Takes over the values of a network with the same plan, in place. */
  copyFrom(other: LabeledNetwork): void {
    this.backbone.copyFrom(other.backbone);
    this.classifier.copyFrom(other.classifier);
  }

  dispose(): void {
    this.backbone.dispose();
    this.classifier.dispose();
  }
}
