import * as tf from "@tensorflow/tfjs-core";
import { globalAveragePool } from "../operations/average-pool/average-pool";
import { conv2d } from "../operations/conv2d/conv2d";
import { depthwiseConv2d } from "../operations/depthwise/depthwise";
import { convolutionCost, type NetworkCost } from "./architecture";
import { linear, linearParameters } from "./heads";
import { normalize, normParameters, normStatistics, type Pass } from "./normalization";
import type { ParameterPlan } from "./parameters";

/** MobileNetV3 (Howard et al. 2019, tables 1 and 2) for small images (docs/methods.md §2). */

type Row = readonly [
  kernel: 3 | 5,
  expansion: number,
  to: number,
  squeeze: 0 | 1,
  activation: "relu" | "hard",
  stride: 1 | 2,
];

const small: readonly Row[] = [
  [3, 16, 16, 1, "relu", 1],
  [3, 72, 24, 0, "relu", 2],
  [3, 88, 24, 0, "relu", 1],
  [5, 96, 40, 1, "hard", 2],
  [5, 240, 40, 1, "hard", 1],
  [5, 120, 48, 1, "hard", 1],
  [5, 288, 96, 1, "hard", 2],
  [5, 576, 96, 1, "hard", 1],
];

/** The large table with the strides of the small one, so that 32 pixels become 4. */
const large: readonly Row[] = [
  [3, 16, 16, 0, "relu", 1],
  [3, 64, 24, 0, "relu", 2],
  [3, 72, 24, 0, "relu", 1],
  [5, 72, 40, 1, "relu", 2],
  [5, 120, 40, 1, "relu", 1],
  [5, 120, 40, 1, "relu", 1],
  [3, 240, 80, 0, "hard", 2],
  [3, 200, 80, 0, "hard", 1],
  [3, 184, 80, 0, "hard", 1],
  [3, 184, 80, 0, "hard", 1],
  [3, 480, 112, 1, "hard", 1],
  [3, 672, 112, 1, "hard", 1],
  [5, 672, 160, 1, "hard", 1],
  [5, 960, 160, 1, "hard", 1],
  [5, 960, 160, 1, "hard", 1],
];

export const mobileNets = {
  MBV3s: { rows: small, last: 576 },
  MBV3l: { rows: large, last: 960 },
} as const;
export type MobileNetName = keyof typeof mobileNets;

interface InvertedResidual {
  readonly kernel: 3 | 5;
  readonly from: number;
  readonly expansion: number;
  readonly to: number;
  /** Channels between the two layers of squeeze-and-excitation; 0 for none. */
  readonly squeezed: number;
  readonly activation: "relu" | "hard";
  readonly stride: 1 | 2;
}

export interface MobileNetPlan {
  readonly family: "mobilenet";
  readonly channels: 1 | 3;
  readonly stem: number;
  readonly blocks: readonly InvertedResidual[];
  readonly features: number;
}

const stemWidth = 16;
const squeezeShare = 4;

/** Widths are rounded to multiples of this, which is also the smallest. */
const divisor = 8;

/** Plans a MobileNetV3 whose widths are multiplied by `width` and rounded to multiples of 8. */
export function planMobileNet(name: MobileNetName, width: number, channels: 1 | 3 = 3): MobileNetPlan {
  const scaled = (full: number) => divisor * Math.max(1, Math.round((full * width) / divisor));
  const { rows, last } = mobileNets[name];
  let from = scaled(stemWidth);
  const blocks = rows.map(([kernel, expansion, to, squeeze, activation, stride]): InvertedResidual => {
    const wide = scaled(expansion);
    const squeezed = squeeze ? Math.max(1, Math.round(wide / squeezeShare)) : 0;
    const block = { kernel, from, expansion: wide, to: scaled(to), squeezed, activation, stride };
    from = block.to;
    return block;
  });
  return { family: "mobilenet", channels, stem: scaled(stemWidth), blocks, features: scaled(last) };
}

/** Whether a block adds its input to its output. */
export const isResidual = ({ from, to, stride }: InvertedResidual) => from === to && stride === 1;

const filterOf = (name: string, shape: readonly number[], fanOut: number): ParameterPlan => ({
  name: `${name}/filter`,
  shape,
  initializer: { kind: "he-normal", fanOut },
});

const pointwise = (name: string, from: number, to: number): ParameterPlan[] => [
  filterOf(name, [1, 1, from, to], to),
  ...normParameters(name, to),
];

/** The parameters: filters he-normal over fan-out, γ and β of every batch norm, and squeeze-and-excitation layers. */
export function mobileNetParameters({ channels, stem, blocks, features }: MobileNetPlan): ParameterPlan[] {
  const ofBlocks = blocks.flatMap((block, b): ParameterPlan[] => {
    const { kernel, from, expansion, to, squeezed } = block;
    const name = `block${b}`;
    return [
      ...pointwise(`${name}/expand`, from, expansion),
      filterOf(`${name}/depthwise`, [kernel, kernel, expansion, 1], kernel * kernel),
      ...normParameters(`${name}/depthwise`, expansion),
      ...(squeezed > 0 ? linearParameters(`${name}/squeeze`, expansion, squeezed) : []),
      ...(squeezed > 0 ? linearParameters(`${name}/excite`, squeezed, expansion) : []),
      ...pointwise(`${name}/project`, expansion, to),
    ];
  });
  const last = blocks.at(-1)?.to ?? stem;
  return [
    filterOf("stem", [3, 3, channels, stem], 9 * stem),
    ...normParameters("stem", stem),
    ...ofBlocks,
    ...pointwise("last", last, features),
  ];
}

/** The running statistics of every batch norm. */
export function mobileNetStatistics({ stem, blocks, features }: MobileNetPlan): ParameterPlan[] {
  const ofBlocks = blocks.flatMap((block, b) => [
    ...normStatistics(`block${b}/expand`, block.expansion),
    ...normStatistics(`block${b}/depthwise`, block.expansion),
    ...normStatistics(`block${b}/project`, block.to),
  ]);
  return [...normStatistics("stem", stem), ...ofBlocks, ...normStatistics("last", features)];
}

/** The cost for one image of `size` × `size` pixels. */
export function mobileNetCost(plan: MobileNetPlan, size: number): NetworkCost {
  const stem = convolutionCost({ kernel: 3, stride: 1, from: plan.channels, to: plan.stem }, size);
  let { macs, outputSize } = stem;
  const count = (kernel: number, stride: number, from: number, to: number, groups = 1) => {
    const cost = convolutionCost({ kernel, stride, from, to }, outputSize, groups);
    macs += cost.macs;
    outputSize = cost.outputSize;
  };
  for (const block of plan.blocks) {
    const { kernel, from, expansion, to, squeezed, stride } = block;
    count(1, 1, from, expansion);
    count(kernel, stride, expansion, expansion, expansion);
    macs += 2 * expansion * squeezed;
    count(1, 1, expansion, to);
  }
  count(1, 1, plan.blocks.at(-1)?.to ?? plan.stem, plan.features);
  const parameters = mobileNetParameters(plan).reduce(
    (sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1),
    0,
  );
  return { parameters, macs };
}

/** hard-swish(x) = x · min(max(x + 3, 0), 6) / 6. */
const hardSwish = (x: tf.Tensor4D): tf.Tensor4D => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6));

/**
 * Computes the feature map of the last layer. Run inside a tidy; the caller owns the result.
 *
 * @param images [batch, size, size, channels]; in training mode the views are stacked, one group each
 * @returns [batch, size / 8, size / 8, plan.features]
 */
export function mobileNetMap(plan: MobileNetPlan, pass: Pass, images: tf.Tensor4D): tf.Tensor4D {
  const filter = (name: string) => pass.parameters.get(`${name}/filter`) as tf.Tensor as tf.Tensor4D;
  const finish = (name: string, x: tf.Tensor4D, activation: "none" | "relu" | "hard"): tf.Tensor4D => {
    const normal = normalize(pass, name, x, activation === "relu");
    return activation === "hard" ? hardSwish(normal) : normal;
  };
  const layer = (name: string, x: tf.Tensor4D, padding: number, activation: "none" | "relu" | "hard") =>
    finish(name, conv2d(x, filter(name), { stride: 1, padding }), activation);
  let x = layer("stem", images, 1, "hard");
  for (const [b, block] of plan.blocks.entries()) {
    const name = `block${b}`;
    const { stride, activation, squeezed } = block;
    const wide = layer(`${name}/expand`, x, 0, activation);
    const spatial = depthwiseConv2d(wide, filter(`${name}/depthwise`), stride);
    const active = finish(`${name}/depthwise`, spatial, activation);
    const weighed = squeezed > 0 ? excite(pass, name, active) : active;
    const projected = layer(`${name}/project`, weighed, 0, "none");
    x = isResidual(block) ? (tf.add(projected, x) as tf.Tensor4D) : projected;
  }
  return layer("last", x, 0, "hard");
}

/**
 * Squeeze-and-excitation: multiplies each channel by a gate in [0, 1] that is computed from the means of all
 * channels. Same shape as x, [batch, side, side, channels].
 */
function excite({ parameters }: Pass, name: string, x: tf.Tensor4D): tf.Tensor4D {
  const squeezed = tf.relu(linear(parameters, `${name}/squeeze`, globalAveragePool(x)));
  const gate = tf.div(tf.relu6(tf.add(linear(parameters, `${name}/excite`, squeezed), 3)), 6);
  const [batch, , , channels] = x.shape;
  return tf.mul(x, tf.reshape(gate, [batch, 1, 1, channels]));
}
