import type * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "../backend/backend";
import { conv2d } from "../operations/conv2d/conv2d";
import { addRelu } from "../operations/elementwise/elementwise";
import { residualNetwork } from "../operations/residual/residual";
import type { ResidualLayer, ResidualNetwork } from "../operations/residual/trace";
import type { ConvolutionPlan, ResNetPlan } from "./architecture";
import { normalize, normEpsilon, normOf, normParameters, normStatistics, type Pass } from "./normalization";
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
  const convolved = (name: string, convolution: ConvolutionPlan, x: tf.Tensor4D): tf.Tensor4D =>
    conv2d(x, filterOf(pass, name), optionsOf(convolution));
  if (trainingBackend() && pass.mode.kind !== "evaluate") {
    return residualNetwork(images, fusedNetwork(plan, pass, pass.mode.groups));
  }
  const layer = (name: string, convolution: ConvolutionPlan, x: tf.Tensor4D, relu: boolean): tf.Tensor4D =>
    normalize(pass, name, convolved(name, convolution, x), relu);
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

const filterOf = ({ parameters }: Pass, name: string) =>
  parameters.get(`${name}/filter`) as tf.Tensor as tf.Tensor4D;
const optionsOf = ({ stride, kernel }: ConvolutionPlan) => ({ stride, padding: (kernel - 1) / 2 });

/** The network as WebGPU's fused kernels take it. */
function fusedNetwork(plan: ResNetPlan, pass: Pass, groups: number): ResidualNetwork {
  const layer = (name: string, convolution: ConvolutionPlan): ResidualLayer => ({
    filter: filterOf(pass, name),
    ...optionsOf(convolution),
    ...normOf(pass, name),
  });
  const blocks = plan.blocks.map(({ path, shortcut }, b) => ({
    path: path.map((convolution, c) => layer(`block${b}/conv${c}`, convolution)),
    ...(shortcut ? { shortcut: layer(`block${b}/shortcut`, shortcut) } : {}),
  }));
  return { stem: layer("stem", plan.stem), blocks, groups, epsilon: normEpsilon };
}
