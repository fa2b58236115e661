import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../math/random";
import { conv2d } from "../operations/conv2d/conv2d";
import { addBias } from "../operations/elementwise/elementwise";
import { linear, linearParameters } from "./heads";
import { type ParameterPlan, ParameterStore } from "./parameters";

/**
 * A head that maps an encoder's feature map to a heat map per class and three numbers per box. Zhou et al. 2019
 * ("Objects as Points").
 */
export interface DetectionHeadPlan {
  /** Channels of the encoder's feature map. */
  readonly from: number;
  readonly classes: number;
}

const hidden = 64;
const boxNumbers = 3;

/** ln(0.1 / 0.9): almost no cell has an object, and the first steps need not learn that (ibid., §6). */
const heatBias = -2.19;

export function detectionHeadParameters({ from, classes }: DetectionHeadPlan): ParameterPlan[] {
  const fanOut = 9 * hidden;
  const [heat, bias] = linearParameters("detector/heat", hidden, classes) as [ParameterPlan, ParameterPlan];
  return [
    { name: "detector/conv/filter", shape: [3, 3, from, hidden], initializer: { kind: "he-normal", fanOut } },
    { name: "detector/conv/bias", shape: [hidden], initializer: { kind: "constant", value: 0 } },
    heat,
    { ...bias, initializer: { kind: "constant", value: heatBias } },
    ...linearParameters("detector/boxes", hidden, boxNumbers),
  ];
}

/** Multiply-accumulates for one image, and trainable parameters. @param cells the side of the map, in cells */
export function detectionHeadCost({ from, classes }: DetectionHeadPlan, cells: number) {
  const weights = 9 * from * hidden + hidden * (classes + boxNumbers);
  return { macs: cells * cells * weights, parameters: weights + hidden + classes + boxNumbers };
}

/** A detection head. It owns its parameters and must be disposed. */
export class DetectionHead {
  private constructor(
    readonly plan: DetectionHeadPlan,
    readonly parameters: ParameterStore,
  ) {}

  static create(plan: DetectionHeadPlan, random: Random): DetectionHead {
    return new DetectionHead(plan, ParameterStore.create(detectionHeadParameters(plan), random));
  }

  /** [batch, side, side, from] → logits [batch, side, side, classes] and boxes [batch, side, side, 3]. Run inside a tidy. */
  maps(map: tf.Tensor4D): { readonly heat: tf.Tensor4D; readonly boxes: tf.Tensor4D } {
    const { parameters, plan } = this;
    const [batch, side] = map.shape;
    const rows = batch * side * side;
    const filter = parameters.get("detector/conv/filter") as tf.Tensor as tf.Tensor4D;
    const bias = parameters.get("detector/conv/bias") as tf.Tensor as tf.Tensor1D;
    const wide = tf.reshape(conv2d(map, filter, { stride: 1, padding: 1 }), [rows, hidden]) as tf.Tensor2D;
    const active = tf.relu(addBias(wide, bias));
    const apart = (name: string, channels: number) =>
      tf.reshape(linear(parameters, name, active), [batch, side, side, channels]) as tf.Tensor4D;
    return { heat: apart("detector/heat", plan.classes), boxes: apart("detector/boxes", boxNumbers) };
  }

  dispose(): void {
    this.parameters.dispose();
  }
}
