import type { NamedNumbers } from "../networks/parameters";

/** The name of a value in a graph. */
export type Value = string;

export interface NormNumbers {
  readonly gamma: NamedNumbers;
  readonly beta: NamedNumbers;
  readonly mean: NamedNumbers;
  readonly variance: NamedNumbers;
  readonly epsilon: number;
}

export interface ConvolutionOptions {
  readonly stride: number;
  /** Padding in pixels before and after, on both axes. */
  readonly padding: readonly [before: number, after: number];
  /** Whether there is one filter per channel. */
  readonly depthwise?: boolean;
}

/**
 * Writes a model file for inference, operation by operation. An image is [batch, height, width, channels], or
 * channels second if the format requires it; rows are [any, length]. Parameters have the engine's layout: filters
 * [height, width, in, out], matrices [in, out].
 */
export interface GraphWriter {
  /** The model's input: pixels in [0, 1]. */
  readonly input: Value;
  conv(x: Value, filter: NamedNumbers, options: ConvolutionOptions): Value;
  /** Batch norm with fixed statistics. */
  norm(x: Value, numbers: NormNumbers): Value;
  relu(x: Value): Value;
  /** min(max(x + 3, 0), 6) / 6. */
  hardSigmoid(x: Value): Value;
  /** x · hardSigmoid(x). */
  hardSwish(x: Value): Value;
  /** The signs of an image, +1 or −1; the sign of 0 is +1. */
  signs(x: Value): Value;
  add(x: Value, y: Value): Value;
  /** Combines an image with one number per channel. */
  withChannels(operation: "add" | "multiply" | "prelu", x: Value, numbers: NamedNumbers): Value;
  /** Concatenates images along their channels. */
  concat(images: readonly Value[]): Value;
  /** Average pooling over 2 × 2 pixels. */
  halve(x: Value): Value;
  /** Global average pooling: one row of channel means per image. */
  pool(x: Value): Value;
  /** Multiplies each image's channels by the numbers of its row. */
  gate(x: Value, rows: Value): Value;
  linear(rows: Value, weight: NamedNumbers, bias: NamedNumbers): Value;
  /** An image's pixels as rows of the given length, one per place. */
  tokens(x: Value, length: number): Value;
  /** Adds [places, length] to the rows of every image. */
  addPlaces(rows: Value, numbers: NamedNumbers): Value;
  /** Layer norm over each row, times γ, plus β. */
  layerNorm(rows: Value, gamma: NamedNumbers, beta: NamedNumbers, epsilon: number): Value;
  gelu(rows: Value): Value;
  /** softmax(QKᵀ/√(d/h)) V over the places of an image, in each head; rows of the same shape. */
  attention(query: Value, key: Value, value: Value, shape: AttentionShape): Value;
  /** Means over the places of each image. */
  meanOfPlaces(rows: Value, places: number, length: number): Value;
  /** Names an output of the model. @param length the length of a row */
  output(x: Value, name: string, length: number): void;
}

export interface AttentionShape {
  readonly places: number;
  readonly heads: number;
  readonly length: number;
}

/** How weights of convolutions and linear layers are stored; all else is in float32. */
export type Precision = "float32" | "int8";

/** The shape of a model's input images. */
export interface InputShape {
  /** Pixels per side. */
  readonly size: number;
  readonly channels: number;
}
