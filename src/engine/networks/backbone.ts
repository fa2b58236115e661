import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../math/random";
import type { HeadPlan } from "./architecture";
import {
  type EncoderPlan,
  encoderFeatures,
  encoderMap,
  encoderParameters,
  encoderStatistics,
} from "./encoders";
import { headOutputs, headParameters, headStatistics } from "./heads";
import type { NormMode, Pass } from "./normalization";
import { ParameterStore } from "./parameters";

/** A type alias, not an interface: tfjs's tidy accepts only types with an implicit index signature. */
export type Embedding = {
  /** Pooled encoder output, [batch, features]. */
  readonly features: tf.Tensor2D;
  /** Projector output z, [batch, projection]. */
  readonly projections: tf.Tensor2D;
};

/**
 * Encoder f and projector g, the part of a network that has a momentum copy. It owns its parameters and must be
 * disposed.
 */
export class Backbone {
  /** Whether a binary network's weights are binary; they stay real in the first step of two-step training. */
  binaryWeights = true;

  private constructor(
    readonly encoder: EncoderPlan,
    readonly projector: HeadPlan | undefined,
    readonly parameters: ParameterStore,
    readonly statistics: ParameterStore,
  ) {}

  /** Creates an encoder with a projector or, as in supervised training, without one. */
  static create(encoder: EncoderPlan, projector: HeadPlan | undefined, random: Random): Backbone {
    const parameters = encoderParameters(encoder);
    const statistics = encoderStatistics(encoder);
    if (projector) {
      parameters.push(...headParameters("projector", projector));
      statistics.push(...headStatistics("projector", projector));
    }
    return new Backbone(
      encoder,
      projector,
      ParameterStore.create(parameters, random),
      ParameterStore.create(statistics, random),
    );
  }

  /** The length of a projection or, without a projector, of the features. */
  get dimension(): number {
    return this.projector?.to ?? this.encoder.features;
  }

  /** Returns a copy with its own tensors. */
  copy(): Backbone {
    const copy = new Backbone(this.encoder, this.projector, this.parameters.copy(), this.statistics.copy());
    copy.binaryWeights = this.binaryWeights;
    return copy;
  }

  /** Takes over the values of a backbone with the same plans, in place. */
  copyFrom(other: Backbone): void {
    this.parameters.copyFrom(other.parameters);
    this.statistics.copyFrom(other.statistics);
    this.binaryWeights = other.binaryWeights;
  }

  /**
   * Features and projections of images, as for {@link encoderFeatures}. Run inside a tidy; the caller owns the
   * results.
   */
  embed(images: tf.Tensor4D, mode: NormMode): Embedding {
    // Releases at once all tensors that no tape keeps, so that the networks of one step share memory.
    return tf.tidy(() => {
      const features = this.features(images, mode);
      return { features, projections: this.project(features, mode) };
    });
  }

  /** Projections of features, [batch, features] → [batch, dimension]; without a projector the features themselves. */
  project(features: tf.Tensor2D, mode: NormMode): tf.Tensor2D {
    const { projector } = this;
    return projector ? headOutputs(this.pass(mode), "projector", projector, features) : features;
  }

  /** The encoder's features, [batch, features], which kNN and linear probes evaluate. */
  features(images: tf.Tensor4D, mode: NormMode): tf.Tensor2D {
    return tf.tidy(() => encoderFeatures(this.encoder, this.pass(mode), images));
  }

  /** The encoder's feature map, [batch, side, side, features], the input of a detection head. */
  map(images: tf.Tensor4D, mode: NormMode): tf.Tensor4D {
    return tf.tidy(() => encoderMap(this.encoder, this.pass(mode), images));
  }

  dispose(): void {
    this.parameters.dispose();
    this.statistics.dispose();
  }

  private pass(mode: NormMode): Pass {
    const { parameters, statistics, binaryWeights } = this;
    return { parameters, statistics, mode, binaryWeights };
  }
}

/** Predictors q_i by name, all of the same shape but for their outputs, on projections. It owns their parameters and must be disposed. */
export class Predictors {
  readonly parameters: ParameterStore;
  private readonly statistics: ParameterStore;

  /** A predictor's initial values depend on its name and not on the other predictors. */
  constructor(
    names: readonly string[],
    private readonly plan: HeadPlan,
    random: Random,
    /** The lengths of outputs that differ from the plan's. */
    private readonly outputs: Readonly<Record<string, number>> = {},
  ) {
    this.parameters = ParameterStore.create(
      names.flatMap((name) => headParameters(name, this.planOf(name))),
      random,
    );
    this.statistics = ParameterStore.create(
      names.flatMap((name) => headStatistics(name, this.planOf(name))),
      random,
    );
  }

  /**
   * q_name(z). [batch, projection] → [batch, output]. Uses batch statistics and keeps no running ones, since predictors are
   * never evaluated.
   */
  predict(name: string, projections: tf.Tensor2D, groups: number): tf.Tensor2D {
    const { parameters, statistics } = this;
    const pass = { parameters, statistics, mode: { kind: "frozen", groups } } as const;
    return headOutputs(pass, name, this.planOf(name), projections);
  }

  private planOf(name: string): HeadPlan {
    return { ...this.plan, to: this.outputs[name] ?? this.plan.to };
  }

  dispose(): void {
    this.parameters.dispose();
    this.statistics.dispose();
  }
}
