import type * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../math/random";
import { globalAveragePool } from "../operations/average-pool/average-pool";
import { conv2d } from "../operations/conv2d/conv2d";
import type { NetworkCost } from "./architecture";
import { type NormMode, normalize, normParameters, normStatistics } from "./normalization";
import { type ParameterPlan, ParameterStore } from "./parameters";

/**
 * SHAKE's head on a frozen teacher's last map: 1×1 and 3×3 convolution, each with batch norm and ReLU, then the mean over
 * places (docs/methods.md §1.16).
 */

const layers = [
  { name: "shadow/join", kernel: 1 },
  { name: "shadow/mix", kernel: 3 },
] as const;

const parametersOf = (channels: number): ParameterPlan[] =>
  layers.flatMap(({ name, kernel }): ParameterPlan[] => [
    {
      name: `${name}/filter`,
      shape: [kernel, kernel, channels, channels],
      initializer: { kind: "he-normal", fanOut: kernel * kernel * channels },
    },
    ...normParameters(name, channels),
  ]);

/** The cost for one image. @param cells the side of the map, in cells */
export function shadowHeadCost(channels: number, cells: number): NetworkCost {
  const weights = layers.reduce((sum, { kernel }) => sum + kernel ** 2 * channels ** 2, 0);
  return { macs: cells * cells * weights, parameters: weights + 2 * layers.length * channels };
}

/** It owns its parameters and must be disposed. */
export class ShadowHead {
  readonly parameters: ParameterStore;
  private readonly statistics: ParameterStore;

  constructor(channels: number, random: Random) {
    this.parameters = ParameterStore.create(parametersOf(channels), random);
    const statistics = layers.flatMap(({ name }) => normStatistics(name, channels));
    this.statistics = ParameterStore.create(statistics, random);
  }

  /** Pooled features, [batch, side, side, channels] → [batch, channels], by batch statistics. Run inside a tidy. */
  features(map: tf.Tensor4D): tf.Tensor2D {
    const { parameters, statistics } = this;
    const mode: NormMode = { kind: "frozen", groups: 1 };
    const read = layers.reduce((x, { name, kernel }) => {
      const filter = parameters.get(`${name}/filter`) as tf.Tensor as tf.Tensor4D;
      const y = conv2d(x, filter, { stride: 1, padding: (kernel - 1) / 2 });
      return normalize({ parameters, statistics, mode }, name, y, true);
    }, map);
    return globalAveragePool(read);
  }

  dispose(): void {
    this.parameters.dispose();
    this.statistics.dispose();
  }
}
