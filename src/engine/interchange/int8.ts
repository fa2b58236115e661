import type { NamedNumbers } from "../networks/parameters";
import type { ModelDescription } from "./model-graph";

/**
 * Weights in 8 bits: whole numbers from −127 to 127, times one scale for each output channel, which is chosen so that the
 * channel's largest weight is ±127. Only weights of convolutions and linear layers are rounded; the graph multiplies
 * them by their scales and computes in float32.
 */

export interface Int8Weights {
  /** In the order of the weights. */
  readonly values: Int8Array<ArrayBuffer>;
  /** [channels] */
  readonly scales: Float32Array<ArrayBuffer>;
}

const largest = 127;

/** @param channels the length of the last axis that is longer than one: channels lie next to each other */
export function toInt8(weights: Float32Array, channels: number): Int8Weights {
  const scales = new Float32Array(channels);
  weights.forEach((weight, at) => {
    scales[at % channels] = Math.max(scales[at % channels] as number, Math.abs(weight) / largest);
  });
  const values = Int8Array.from(weights, (weight, at) => {
    const scale = scales[at % channels] as number;
    return scale === 0 ? 0 : Math.max(-largest, Math.min(largest, Math.round(weight / scale)));
  });
  return { values, scales };
}

/** The output channels of a filter [height, width, in, out], a depthwise one [height, width, channels, 1], or a matrix. */
export const channelsOf = ({ shape }: Pick<NamedNumbers, "shape">): number => {
  const last = shape.at(-1) ?? 1;
  return last === 1 && shape.length === 4 ? (shape[2] ?? 1) : last;
};

/**
 * The model that an export in 8 bits computes: its weights rounded. Binary filters have one size per channel, which 8
 * bits hold exactly, so they stay.
 */
export function roundedModel(model: ModelDescription): ModelDescription {
  const isBinary = model.plan.family === "reactnet" && model.binaryWeights;
  const rounded = (tensor: NamedNumbers): NamedNumbers => {
    const { name, values: weights } = tensor;
    if (!/\/(filter|weight)$/.test(name) || (isBinary && /^block.*\/filter$/.test(name))) return tensor;
    const channels = channelsOf(tensor);
    const { values, scales } = toInt8(weights, channels);
    return { ...tensor, values: Float32Array.from(values, (q, at) => q * (scales[at % channels] as number)) };
  };
  return { ...model, tensors: model.tensors.map(rounded) };
}
