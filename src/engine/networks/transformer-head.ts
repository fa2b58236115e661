import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../math/random";
import { product } from "../operations/dense/dense";
import type { NetworkCost } from "./architecture";
import { linear, linearParameters } from "./heads";
import { type ParameterPlan, ParameterStore } from "./parameters";
import { blockMacs, blockParameters, sines, throughBlocks } from "./vit";

/**
 * MOKD's T-head: transformer blocks on the places of a feature map, then prototypes (docs/methods.md §1.15). A query that
 * is given with them attends to the places, and they to it.
 */
export interface TransformerHeadPlan {
  /** Channels of the feature map. */
  readonly from: number;
  readonly blocks: number;
  readonly prototypes: number;
}

/** Channels of a token: the same for all networks, so that one can search in another's map. */
export const tokenWidth = 64;
const heads = 4;

const layersOf = ({ from, blocks }: TransformerHeadPlan): ParameterPlan[] => [
  ...linearParameters("map", from, tokenWidth),
  ...blockParameters({ blocks, features: tokenWidth }),
];

/** The cost for one image. @param cells the side of the map, in cells */
export function transformerHeadCost(plan: TransformerHeadPlan, cells: number): NetworkCost {
  const places = cells * cells;
  const last = tokenWidth * plan.prototypes;
  const parameters = layersOf(plan).reduce((sum, { shape }) => sum + tf.util.sizeFromShape([...shape]), last);
  return {
    macs: places * plan.from * tokenWidth + blockMacs({ ...plan, features: tokenWidth }, places) + last,
    parameters,
  };
}

/** Multiply-accumulates of a search with one query in a map whose tokens are known. */
export const searchMacs = (plan: TransformerHeadPlan, cells: number): number =>
  blockMacs({ ...plan, features: tokenWidth }, cells * cells + 1) + tokenWidth * plan.prototypes;

/** The tokens of a map. A type alias: tfjs's tidy asks for one. */
export type Tokens = {
  /** [batch, places, width], with positions. */
  readonly places: tf.Tensor3D;
  /** Their mean without positions, [batch, width]: the query with which another network is searched. */
  readonly query: tf.Tensor2D;
};

/** It owns its parameters and must be disposed. */
export class TransformerHead {
  private constructor(
    private readonly plan: TransformerHeadPlan,
    /** The parameters of all layers but the prototypes. */
    readonly parameters: ParameterStore,
    /** The last layer, [width, prototypes]; only the direction of each column matters. */
    readonly prototypes: ParameterStore,
  ) {}

  static create(plan: TransformerHeadPlan, random: Random): TransformerHead {
    const shape = [tokenWidth, plan.prototypes];
    const initializer = { kind: "uniform", bound: 1 / Math.sqrt(tokenWidth) } as const;
    return new TransformerHead(
      plan,
      ParameterStore.create(layersOf(plan), random),
      ParameterStore.create([{ name: "tokenPrototypes", shape, initializer }], random),
    );
  }

  /** Returns a copy with its own tensors. */
  copy(): TransformerHead {
    return new TransformerHead(this.plan, this.parameters.copy(), this.prototypes.copy());
  }

  /** [batch, side, side, from] → its tokens. Run inside a tidy; the caller owns the result. */
  tokens(map: tf.Tensor4D): Tokens {
    const [batch, side, , from] = map.shape;
    const rows = linear(this.parameters, "map", tf.reshape(map, [-1, from]) as tf.Tensor2D);
    const places = tf.reshape(rows, [batch, side * side, tokenWidth]) as tf.Tensor3D;
    return { places: tf.add(places, sines(side, tokenWidth)), query: tf.mean(places, 1) };
  }

  /** [batch, places, width] → logits [batch, prototypes]. Run inside a tidy; the caller owns the result. */
  logits(places: tf.Tensor3D): tf.Tensor2D {
    return this.read(throughBlocks({ ...this.plan, features: tokenWidth, heads }, this.parameters, places));
  }

  /**
   * The logits of what each query finds: the mean over the places after attention with the query beside them.
   * [n · batch, width] in [batch, places, width] → [n · batch, prototypes], for n queries of every image, stacked.
   */
  search(query: tf.Tensor2D, places: tf.Tensor3D): tf.Tensor2D {
    const [batch, count] = places.shape;
    const repeated = tf.tile(places, [query.shape[0] / batch, 1, 1]);
    const joined = tf.concat([tf.expandDims(query, 1), repeated], 1) as tf.Tensor3D;
    const through = throughBlocks({ ...this.plan, features: tokenWidth, heads }, this.parameters, joined);
    return this.read(tf.slice(through, [0, 1, 0], [-1, count, -1]));
  }

  dispose(): void {
    this.parameters.dispose();
    this.prototypes.dispose();
  }

  /** The mean of the tokens times the prototypes at unit length (weight norm with a fixed gain of 1). */
  private read(tokens: tf.Tensor3D): tf.Tensor2D {
    const weight = this.prototypes.get("tokenPrototypes") as tf.Tensor as tf.Tensor2D;
    const columns = tf.mul(weight, tf.rsqrt(tf.sum(tf.square(weight), 0, true)));
    return product(tf.mean(tokens, 1), columns as tf.Tensor2D);
  }
}
