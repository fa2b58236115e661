import type { NamedNumbers } from "../networks/parameters";

/** The name of something that a graph computes. */
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
  /** Pixels before and after, on both axes. */
  readonly padding: readonly [before: number, after: number];
  /** One filter per channel. */
  readonly depthwise?: boolean;
}

/**
 * A model file while it is written, operation by operation, for inference. An image is [batch, height, width, channels],
 * or with its channels second where the format wants that; rows are [any, length]. Numbers are given as the engine has
 * them: filters [height, width, in, out], matrices [in, out].
 */
export interface GraphWriter {
  /** Pixels in [0, 1]. */
  readonly input: Value;
  conv(x: Value, filter: NamedNumbers, options: ConvolutionOptions): Value;
  /** With statistics that stay. */
  norm(x: Value, numbers: NormNumbers): Value;
  relu(x: Value): Value;
  /** min(max(x + 3, 0), 6) / 6. */
  hardSigmoid(x: Value): Value;
  /** x · hardSigmoid(x). */
  hardSwish(x: Value): Value;
  /** Of an image, +1 or −1, never 0. */
  signs(x: Value): Value;
  add(x: Value, y: Value): Value;
  /** One number per channel of an image. */
  withChannels(operation: "add" | "multiply" | "prelu", x: Value, numbers: NamedNumbers): Value;
  /** An image's channels side by side. */
  concat(images: readonly Value[]): Value;
  /** Means of 2 × 2 pixels. */
  halve(x: Value): Value;
  /** Means of an image's channels: rows, one per image. */
  pool(x: Value): Value;
  /** An image's channels times a row's numbers, image by image. */
  gate(x: Value, rows: Value): Value;
  linear(rows: Value, weight: NamedNumbers, bias: NamedNumbers): Value;
  /** An image's pixels as rows of that length, one per place. */
  tokens(x: Value, length: number): Value;
  /** Adds [places, length] to the rows of every image. */
  addPlaces(rows: Value, numbers: NamedNumbers): Value;
  /** Mean 0 and variance 1 in each row, times γ, plus β. */
  layerNorm(rows: Value, gamma: NamedNumbers, beta: NamedNumbers, epsilon: number): Value;
  gelu(rows: Value): Value;
  /** softmax(QKᵀ/√(d/h)) V among the places of an image, in each head; rows of the same shape. */
  attention(query: Value, key: Value, value: Value, shape: AttentionShape): Value;
  /** Means over the places of each image. */
  meanOfPlaces(rows: Value, places: number, length: number): Value;
  /** Names what the model gives. @param length of a row */
  output(x: Value, name: string, length: number): void;
}

export interface AttentionShape {
  readonly places: number;
  readonly heads: number;
  readonly length: number;
}

/** What a model file is told about what goes in. */
export interface InputShape {
  /** Pixels per side. */
  readonly size: number;
  readonly channels: number;
}
