import * as tf from "@tensorflow/tfjs-core";
import { conv2d } from "../operations/conv2d/conv2d";
import { convolutionCost, type NetworkCost } from "./architecture";
import { binaryWeight, type RPReluParameters, rPRelu, rSign } from "./binary";
import { normalize, normParameters, normStatistics, type Pass } from "./normalization";
import type { ParameterPlan } from "./parameters";

/**
 * A binary network after ReActNet (Liu et al. 2020, §4), at the size of docs/methods.md §2. Stem, batch norms and
 * shortcuts are real-valued; every other convolution has binary inputs and, if `binaryWeights` is set, binary
 * weights.
 */

interface ReactBlock {
  readonly from: number;
  readonly to: number;
  readonly stride: 1 | 2;
}

export interface ReactNetPlan {
  readonly family: "reactnet";
  readonly channels: 1 | 3;
  readonly stem: number;
  readonly blocks: readonly ReactBlock[];
  readonly features: number;
}

const stemWidth = 16;
const blockWidths = [32, 64, 64, 128, 128, 256, 256];
const blockStrides = [1, 2, 1, 2, 1, 2, 1] as const;

/** Plans a binary network. @throws RangeError if the width gives a fractional number of channels */
export function planReactNet(width: number, channels: 1 | 3 = 3): ReactNetPlan {
  const widths = [stemWidth, ...blockWidths].map((full) => full * width);
  if (!widths.every(Number.isInteger))
    throw new RangeError(`Width ${width} gives ReAct ${widths.join(", ")} channels.`);
  const [stem, ...others] = widths as [number, ...number[]];
  const blocks = others.map((to, i): ReactBlock => {
    const from = i === 0 ? stem : (others[i - 1] as number);
    return { from, to, stride: blockStrides[i] as 1 | 2 };
  });
  return { family: "reactnet", channels, stem, blocks, features: others.at(-1) as number };
}

/** The names of a block's pointwise convolutions: two side by side if it doubles the channels. */
export const pointwiseOf = ({ from, to }: ReactBlock) =>
  Array.from({ length: to / from }, (_, i) => `pointwise${i}`);

function activationParameters(name: string, channels: number): ParameterPlan[] {
  const constant = (part: string, value: number): ParameterPlan => ({
    name: `${name}/${part}`,
    shape: [channels],
    initializer: { kind: "constant", value },
  });
  return [constant("shiftIn", 0), constant("slope", 0.25), constant("shiftOut", 0)];
}

const signParameters = (name: string, channels: number): ParameterPlan[] => [
  { name: `${name}/threshold`, shape: [channels], initializer: { kind: "constant", value: 0 } },
];

/** The weights of binary convolutions start between 0 and 0.001, as in the published code. */
const binaryFilter = (name: string, kernel: 1 | 3, from: number, to: number): ParameterPlan => ({
  name: `${name}/filter`,
  shape: [kernel, kernel, from, to],
  initializer: { kind: "positive-uniform", bound: 0.001 },
});

/** The parameters of all convolutions, batch norms, thresholds and RPReLUs. */
export function reactNetParameters({ channels, stem, blocks }: ReactNetPlan): ParameterPlan[] {
  const first: ParameterPlan = {
    name: "stem/filter",
    shape: [3, 3, channels, stem],
    initializer: { kind: "he-normal", fanOut: 9 * stem },
  };
  const ofBlocks = blocks.flatMap((block, b): ParameterPlan[] => {
    const { from, to } = block;
    const name = `block${b}`;
    return [
      ...signParameters(`${name}/spatial`, from),
      binaryFilter(`${name}/spatial`, 3, from, from),
      ...normParameters(`${name}/spatial`, from),
      ...activationParameters(`${name}/spatial`, from),
      ...signParameters(`${name}/pointwise`, from),
      ...pointwiseOf(block).flatMap((part) => [
        binaryFilter(`${name}/${part}`, 1, from, from),
        ...normParameters(`${name}/${part}`, from),
      ]),
      ...activationParameters(`${name}/pointwise`, to),
    ];
  });
  return [first, ...normParameters("stem", stem), ...ofBlocks];
}

/** The running statistics of every batch norm. */
export function reactNetStatistics({ stem, blocks }: ReactNetPlan): ParameterPlan[] {
  const ofBlocks = blocks.flatMap((block, b) => [
    ...normStatistics(`block${b}/spatial`, block.from),
    ...pointwiseOf(block).flatMap((part) => normStatistics(`block${b}/${part}`, block.from)),
  ]);
  return [...normStatistics("stem", stem), ...ofBlocks];
}

/**
 * The cost for one image of `size` × `size` pixels. Binary MACs are counted separately: on suitable hardware 64 of
 * them cost about one real MAC (docs/methods.md §6).
 */
export function reactNetCost(plan: ReactNetPlan, size: number): NetworkCost {
  const stem = convolutionCost({ kernel: 3, stride: 1, from: plan.channels, to: plan.stem }, size);
  let current = stem.outputSize;
  let binaryMacs = 0;
  for (const { from, to, stride } of plan.blocks) {
    const spatial = convolutionCost({ kernel: 3, stride, from, to: from }, current);
    const pointwise = convolutionCost({ kernel: 1, stride: 1, from, to }, spatial.outputSize);
    binaryMacs += spatial.macs + pointwise.macs;
    current = spatial.outputSize;
  }
  const parameters = reactNetParameters(plan).reduce(
    (sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1),
    0,
  );
  return { parameters, macs: stem.macs, binaryMacs };
}

/**
 * Computes the feature map of the last block. Run inside a tidy; the caller owns the result.
 *
 * @param images [batch, size, size, channels]; in training mode the views are stacked, one group each
 * @returns [batch, size / 8, size / 8, plan.features]
 */
export function reactNetMap(plan: ReactNetPlan, pass: Pass, images: tf.Tensor4D): tf.Tensor4D {
  const { parameters } = pass;
  const vector = (name: string) => parameters.get(name) as tf.Tensor as tf.Tensor1D;
  const filter = (name: string) => parameters.get(`${name}/filter`) as tf.Tensor as tf.Tensor4D;
  const binary = (name: string, x: tf.Tensor4D, stride: 1 | 2): tf.Tensor4D => {
    const weight = pass.binaryWeights ? binaryWeight(filter(name)) : filter(name);
    const padding = (weight.shape[0] - 1) / 2;
    return normalize(pass, name, conv2d(x, weight, { stride, padding }), false);
  };
  const activation = (name: string): RPReluParameters => ({
    shiftIn: vector(`${name}/shiftIn`),
    slope: vector(`${name}/slope`),
    shiftOut: vector(`${name}/shiftOut`),
  });
  let x = normalize(pass, "stem", conv2d(images, filter("stem"), { stride: 1, padding: 1 }), false);
  for (const [b, block] of plan.blocks.entries()) {
    const [spatial, pointwise] = [`block${b}/spatial`, `block${b}/pointwise`];
    const signs = rSign(x, vector(`${spatial}/threshold`));
    const shortcut = block.stride === 2 ? tf.avgPool(x, 2, 2, "same") : x;
    const mixed = tf.add(binary(spatial, signs, block.stride), shortcut) as tf.Tensor4D;
    const between = rPRelu(mixed, activation(spatial));
    const again = rSign(between, vector(`${pointwise}/threshold`));
    const parts = pointwiseOf(block).map(
      (part) => tf.add(binary(`block${b}/${part}`, again, 1), between) as tf.Tensor4D,
    );
    const joined = parts.length === 1 ? (parts[0] as tf.Tensor4D) : tf.concat(parts, 3);
    x = rPRelu(joined, activation(pointwise));
  }
  return x;
}
