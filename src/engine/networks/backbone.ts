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

/** A type alias, not an interface: tfjs's tidy takes only what has an implicit index signature. */
export type Embedding = {
  /** Pooled encoder output, [batch, features]. */
  readonly features: tf.Tensor2D;
  /** Projector output z, [batch, projection]. */
  readonly projections: tf.Tensor2D;
};

/**
 * Encoder f and projector g: the part of a network that has a momentum copy. Owns its numbers; dispose it.
 */
export class Backbone {
  /** Whether a binary network's weights have two values; the first of two steps of training leaves them real. */
  binaryWeights = true;

  private constructor(
    readonly encoder: EncoderPlan,
    readonly projector: HeadPlan | undefined,
    readonly parameters: ParameterStore,
    readonly statistics: ParameterStore,
  ) {}

  /** Without a projector it is an encoder alone, as supervised training has it. */
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

  /** Length of a projection; of the features where there is no projector. */
  get dimension(): number {
    return this.projector?.to ?? this.encoder.features;
  }

  /** A network with the same numbers and memory of its own. */
  copy(): Backbone {
    const copy = new Backbone(this.encoder, this.projector, this.parameters.copy(), this.statistics.copy());
    copy.binaryWeights = this.binaryWeights;
    return copy;
  }

  /** Run inside a tidy; the caller owns the results. `images` as {@link encoderFeatures} takes them. */
  embed(images: tf.Tensor4D, mode: NormMode): Embedding {
    // What no tape keeps is released at once, layer outputs above all: networks of one step take turns in one memory.
    return tf.tidy(() => {
      const features = this.features(images, mode);
      return { features, projections: this.project(features, mode) };
    });
  }

  /** Projections of features; the features themselves where there is no projector. */
  project(features: tf.Tensor2D, mode: NormMode): tf.Tensor2D {
    const { projector } = this;
    return projector ? headOutputs(this.pass(mode), "projector", projector, features) : features;
  }

  /** Encoder alone: what kNN and linear probes judge. */
  features(images: tf.Tensor4D, mode: NormMode): tf.Tensor2D {
    return tf.tidy(() => encoderFeatures(this.encoder, this.pass(mode), images));
  }

  /** Features place by place: what a detector stands on. */
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

/** Predictors q_i by name, all of one shape, on projections. Owns its numbers; dispose it. */
export class Predictors {
  readonly parameters: ParameterStore;
  private readonly statistics: ParameterStore;

  /** A predictor of a given name starts alike whichever others stand beside it. */
  constructor(
    names: readonly string[],
    private readonly plan: HeadPlan,
    random: Random,
  ) {
    this.parameters = ParameterStore.create(
      names.flatMap((name) => headParameters(name, plan)),
      random,
    );
    this.statistics = ParameterStore.create(
      names.flatMap((name) => headStatistics(name, plan)),
      random,
    );
  }

  /** q_name(z). [batch, projection] → the same. Training mode without running statistics: predictors are never evaluated. */
  predict(name: string, projections: tf.Tensor2D, groups: number): tf.Tensor2D {
    const { parameters, statistics, plan } = this;
    return headOutputs({ parameters, statistics, mode: { kind: "frozen", groups } }, name, plan, projections);
  }

  dispose(): void {
    this.parameters.dispose();
    this.statistics.dispose();
  }
}
