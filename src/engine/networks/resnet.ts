import * as tf from "@tensorflow/tfjs-core";
import { batchNormTrain } from "../kernels/batch-norm";
import { conv2d } from "../kernels/conv2d";
import type { ConvolutionPlan, ResNetPlan } from "./architecture";
import type { ParameterPlan, ParameterStore } from "./parameters";

/** METHODS §2; tfjs-layers' default of 1e-3 is another. */
const epsilon = 1e-5;

/** Every convolution of a network with its name, in the order in which images meet them. */
function convolutionsOf(plan: ResNetPlan): (readonly [name: string, convolution: ConvolutionPlan])[] {
  const named: (readonly [string, ConvolutionPlan])[] = [["stem", plan.stem]];
  for (const [b, { path, shortcut }] of plan.blocks.entries()) {
    for (const [c, convolution] of path.entries()) named.push([`block${b}/conv${c}`, convolution]);
    if (shortcut) named.push([`block${b}/shortcut`, shortcut]);
  }
  return named;
}

/** Filters start he-normal over fan-out (He et al. 2015), γ at 1 and β at 0. */
export function resNetParameters(plan: ResNetPlan): ParameterPlan[] {
  return convolutionsOf(plan).flatMap(([name, { kernel, from, to }]): ParameterPlan[] => [
    {
      name: `${name}/filter`,
      shape: [kernel, kernel, from, to],
      initialiser: { kind: "he-normal", fanOut: kernel * kernel * to },
    },
    { name: `${name}/gamma`, shape: [to], initialiser: { kind: "constant", value: 1 } },
    { name: `${name}/beta`, shape: [to], initialiser: { kind: "constant", value: 0 } },
  ]);
}

/**
 * Pooled features of images in training mode: batch norm uses the statistics of each of `groups` consecutive parts of
 * the batch (the stacked views). Run inside a tidy; the caller owns the result.
 *
 * @param images [groups · batch, size, size, channels]
 * @returns [groups · batch, plan.features]
 */
export function resNetFeatures(
  plan: ResNetPlan,
  parameters: ParameterStore,
  images: tf.Tensor4D,
  groups: number,
): tf.Tensor2D {
  const layer = (name: string, convolution: ConvolutionPlan, x: tf.Tensor4D, relu: boolean): tf.Tensor4D => {
    const options = { stride: convolution.stride, padding: (convolution.kernel - 1) / 2 };
    const y = conv2d(x, parameters.get(`${name}/filter`) as tf.Tensor as tf.Tensor4D, options);
    const gamma = parameters.get(`${name}/gamma`) as tf.Tensor as tf.Tensor1D;
    const beta = parameters.get(`${name}/beta`) as tf.Tensor as tf.Tensor1D;
    return batchNormTrain(y, gamma, beta, { groups, epsilon, relu }).y as tf.Tensor4D;
  };
  let x = layer("stem", plan.stem, images, true);
  for (const [b, { path, shortcut }] of plan.blocks.entries()) {
    const identity = shortcut ? layer(`block${b}/shortcut`, shortcut, x, false) : x;
    for (const [c, convolution] of path.entries()) {
      x = layer(`block${b}/conv${c}`, convolution, x, c < path.length - 1);
    }
    x = tf.relu(tf.add(x, identity));
  }
  return tf.mean(x, [1, 2]);
}
