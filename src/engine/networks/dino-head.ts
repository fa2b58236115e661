import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../math/random";
import { product } from "../operations/dense/dense";
import { unitRows } from "../operations/unit-rows/unit-rows";
import { linear, linearParameters } from "./heads";
import { type NormMode, normalize, normParameters, normStatistics } from "./normalization";
import { ParameterStore } from "./parameters";

/** DINO's head: from features through a bottleneck of unit length to prototypes. Caron et al. 2021 (DINO), §3. */
export interface DinoHeadPlan {
  readonly from: number;
  readonly hidden: number;
  /** The length of the vector that is compared with the prototypes. */
  readonly bottleneck: number;
  readonly prototypes: number;
}

/** Multiply-accumulates for one image, and trainable parameters. */
export function costOfDinoHead({ from, hidden, bottleneck, prototypes }: DinoHeadPlan): {
  readonly macs: number;
  readonly parameters: number;
} {
  const macs = from * hidden + hidden * hidden + hidden * bottleneck + bottleneck * prototypes;
  // Hidden layers also have a bias, γ and β per channel, the third layer a bias; the prototypes have only weights.
  return { macs, parameters: macs + 2 * 3 * hidden + bottleneck };
}

/** The hidden layers; with the bottleneck they are the paper's three. */
const hiddenLayers = ["hidden1", "hidden2"] as const;

/**
 * FC–BN–GELU twice, FC, unit length, then cosines with the prototypes. It owns its parameters and must be disposed.
 */
export class DinoHead {
  private constructor(
    private readonly plan: DinoHeadPlan,
    /** The parameters of all layers but the prototypes. */
    readonly parameters: ParameterStore,
    readonly statistics: ParameterStore,
    /** The last layer, [bottleneck, prototypes]; only the direction of each column matters. */
    readonly prototypes: ParameterStore,
  ) {}

  static create(plan: DinoHeadPlan, random: Random): DinoHead {
    const { from, hidden, bottleneck, prototypes } = plan;
    const layers = [
      ...hiddenLayers.flatMap((name, i) => [
        ...linearParameters(name, i === 0 ? from : hidden, hidden),
        ...normParameters(name, hidden),
      ]),
      ...linearParameters("bottleneck", hidden, bottleneck),
    ];
    const statistics = hiddenLayers.flatMap((name) => normStatistics(name, hidden));
    const initializer = { kind: "uniform", bound: 1 / Math.sqrt(bottleneck) } as const;
    return new DinoHead(
      plan,
      ParameterStore.create(layers, random),
      ParameterStore.create(statistics, random),
      ParameterStore.create([{ name: "prototypes", shape: [bottleneck, prototypes], initializer }], random),
    );
  }

  /** Returns a copy with its own tensors. */
  copy(): DinoHead {
    const { plan, parameters, statistics, prototypes } = this;
    return new DinoHead(plan, parameters.copy(), statistics.copy(), prototypes.copy());
  }

  /** [batch, from] → [batch, prototypes] in [−1, 1]. Run inside a tidy; the caller owns the result. */
  logits(features: tf.Tensor2D, mode: NormMode): tf.Tensor2D {
    const { parameters, statistics } = this;
    const active = hiddenLayers.reduce((input, name) => {
      const hidden = linear(parameters, name, input);
      return gelu(normalize({ parameters, statistics, mode }, name, hidden, false));
    }, features);
    const unit = unitRows(linear(parameters, "bottleneck", active));
    const weight = this.prototypes.get("prototypes") as tf.Tensor as tf.Tensor2D;
    // Weight norm with a fixed gain of 1: columns have unit length.
    const columns = tf.mul(weight, tf.rsqrt(tf.sum(tf.square(weight), 0, true)));
    return product(unit, columns as tf.Tensor2D);
  }

  dispose(): void {
    for (const store of [this.parameters, this.statistics, this.prototypes]) store.dispose();
  }
}

/** x Φ(x). Hendrycks and Gimpel 2016. */
function gelu(x: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(tf.mul(0.5, x), tf.add(1, tf.erf(tf.div(x, Math.SQRT2))));
}
