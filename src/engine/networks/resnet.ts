import type * as tf from "@tensorflow/tfjs-core";
import { conv2d } from "../operations/conv2d/conv2d";
import { addRelu } from "../operations/elementwise/elementwise";
import type { ConvolutionPlan, ResNetPlan } from "./architecture";
import { normalize, normParameters, normStatistics, type Pass } from "./normalization";
import type { ParameterPlan } from "./parameters";

/** Every convolution of a network with its name, in forward order. */
function convolutionsOf(plan: ResNetPlan): (readonly [name: string, convolution: ConvolutionPlan])[] {
  const named: (readonly [string, ConvolutionPlan])[] = [["stem", plan.stem]];
  for (const [b, { path, shortcut }] of plan.blocks.entries()) {
    for (const [c, convolution] of path.entries()) named.push([`block${b}/conv${c}`, convolution]);
    if (shortcut) named.push([`block${b}/shortcut`, shortcut]);
  }
  return named;
}

/** The parameters: filters start he-normal over fan-out (He et al. 2015), γ at 1 and β at 0. */
export function resNetParameters(plan: ResNetPlan): ParameterPlan[] {
  return convolutionsOf(plan).flatMap(([name, { kernel, from, to }]): ParameterPlan[] => [
    {
      name: `${name}/filter`,
      shape: [kernel, kernel, from, to],
      initializer: { kind: "he-normal", fanOut: kernel * kernel * to },
    },
    ...normParameters(name, to),
  ]);
}

/** The running statistics of every batch norm. */
export function resNetStatistics(plan: ResNetPlan): ParameterPlan[] {
  return convolutionsOf(plan).flatMap(([name, { to }]) => normStatistics(name, to));
}

/**
 * Computes the feature map of the last block. Run inside a tidy; the caller owns the result.
 *
 * @param images [batch, size, size, channels]; in training mode the views are stacked, one group each
 * @returns [batch, side, side, plan.features]
 */
export function resNetMap(plan: ResNetPlan, pass: Pass, images: tf.Tensor4D): tf.Tensor4D {
  const layer = (name: string, convolution: ConvolutionPlan, x: tf.Tensor4D, relu: boolean): tf.Tensor4D => {
    const options = { stride: convolution.stride, padding: (convolution.kernel - 1) / 2 };
    const y = conv2d(x, pass.parameters.get(`${name}/filter`) as tf.Tensor as tf.Tensor4D, options);
    return normalize(pass, name, y, relu);
  };
  let x = layer("stem", plan.stem, images, true);
  for (const [b, { path, shortcut }] of plan.blocks.entries()) {
    const identity = shortcut ? layer(`block${b}/shortcut`, shortcut, x, false) : x;
    for (const [c, convolution] of path.entries()) {
      x = layer(`block${b}/conv${c}`, convolution, x, c < path.length - 1);
    }
    x = addRelu(x, identity);
  }
  return x;
}
