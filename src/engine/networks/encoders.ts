import type * as tf from "@tensorflow/tfjs-core";
import { globalAveragePool } from "../operations/average-pool/average-pool";
import {
  costOf,
  type NetworkCost,
  planResNet,
  type ResNetName,
  type ResNetPlan,
  resNets,
} from "./architecture";
import {
  type MobileNetName,
  type MobileNetPlan,
  mobileNetCost,
  mobileNetMap,
  mobileNetParameters,
  mobileNetStatistics,
  mobileNets,
  planMobileNet,
} from "./mobilenet";
import type { Pass } from "./normalization";
import type { ParameterPlan } from "./parameters";
import {
  planReactNet,
  type ReactNetPlan,
  reactNetCost,
  reactNetMap,
  reactNetParameters,
  reactNetStatistics,
} from "./reactnet";
import { resNetMap, resNetParameters, resNetStatistics } from "./resnet";
import { planVit, type VitPlan, vitCost, vitFeatures, vitMap, vitParameters, patch as vitPatch } from "./vit";

/** The encoders of every family: their plans, costs, parameters and forward passes. */

export type EncoderPlan = ResNetPlan | MobileNetPlan | ReactNetPlan | VitPlan;
export type EncoderName = ResNetName | MobileNetName | "ReAct" | "ViT";

const isResNet = (name: EncoderName): name is ResNetName => Object.hasOwn(resNets, name);
const isMobileNet = (name: EncoderName): name is MobileNetName => Object.hasOwn(mobileNets, name);

/** Plans an encoder. @throws RangeError if the width gives a fractional number of channels */
export function planEncoder(name: EncoderName, width: number, channels: 1 | 3 = 3): EncoderPlan {
  if (isResNet(name)) return planResNet(name, width, channels);
  if (isMobileNet(name)) return planMobileNet(name, width, channels);
  return name === "ReAct" ? planReactNet(width, channels) : planVit(width, channels);
}

/** The cost of an encoder for one image of `size` × `size`. */
export function encoderCost(plan: EncoderPlan, size: number): NetworkCost {
  switch (plan.family) {
    case "resnet":
      return costOf(plan, size);
    case "mobilenet":
      return mobileNetCost(plan, size);
    case "reactnet":
      return reactNetCost(plan, size);
    case "vit":
      return vitCost(plan, size);
    default:
      return plan satisfies never;
  }
}

/** The side of an encoder's feature map, in cells, for images of `size` × `size`. */
export function mapSide(plan: EncoderPlan, size: number): number {
  if (plan.family === "vit") return Math.floor(size / vitPatch);
  const halvings =
    plan.family === "resnet"
      ? plan.blocks.filter(({ path }) => path.some(({ stride }) => stride === 2)).length
      : 3;
  return Array.from({ length: halvings }).reduce<number>((side) => Math.ceil(side / 2), size);
}

/** The parameters of an encoder, in the order of its layers. */
export function encoderParameters(plan: EncoderPlan): ParameterPlan[] {
  switch (plan.family) {
    case "resnet":
      return resNetParameters(plan);
    case "mobilenet":
      return mobileNetParameters(plan);
    case "reactnet":
      return reactNetParameters(plan);
    case "vit":
      return vitParameters(plan);
    default:
      return plan satisfies never;
  }
}

/** The running statistics of every batch norm; a transformer has none. */
export function encoderStatistics(plan: EncoderPlan): ParameterPlan[] {
  switch (plan.family) {
    case "resnet":
      return resNetStatistics(plan);
    case "mobilenet":
      return mobileNetStatistics(plan);
    case "reactnet":
      return reactNetStatistics(plan);
    case "vit":
      return [];
    default:
      return plan satisfies never;
  }
}

/**
 * Computes pooled features of images. Run inside a tidy; the caller owns the result.
 *
 * @param images [batch, size, size, channels]; in training mode the views are stacked, one group each
 * @returns [batch, plan.features]
 */
export function encoderFeatures(plan: EncoderPlan, pass: Pass, images: tf.Tensor4D): tf.Tensor2D {
  switch (plan.family) {
    case "resnet":
    case "mobilenet":
    case "reactnet":
      return globalAveragePool(encoderMap(plan, pass, images));
    case "vit":
      return vitFeatures(plan, pass, images);
    default:
      return plan satisfies never;
  }
}

/**
 * Computes the feature map of the last stage. Run inside a tidy; the caller owns the result.
 *
 * @returns [batch, side, side, plan.features]; `side` is an eighth of the images' side, or a quarter with three
 *   stages and in a transformer
 */
export function encoderMap(plan: EncoderPlan, pass: Pass, images: tf.Tensor4D): tf.Tensor4D {
  switch (plan.family) {
    case "resnet":
      return resNetMap(plan, pass, images);
    case "mobilenet":
      return mobileNetMap(plan, pass, images);
    case "reactnet":
      return reactNetMap(plan, pass, images);
    case "vit":
      return vitMap(plan, pass, images);
    default:
      return plan satisfies never;
  }
}
