/** A model that can be run, whatever its format. */
export interface RunnableModel {
  readonly input: ImageInput;
  /**
   * Runs the model.
   *
   * @param images in the input's layout, normalized
   * @param shape of `images`, the number of images first
   * @param outputs the names of outputs, which are returned in this order
   */
  readonly run: (
    images: Float32Array<ArrayBuffer>,
    shape: readonly number[],
    outputs: readonly string[],
  ) => Promise<readonly ModelTensor[]>;
  readonly outputs: readonly string[];
  /** Multiply-accumulates of convolutions and matrix products for these images. */
  readonly macs: (images: Float32Array<ArrayBuffer>, shape: readonly number[]) => Promise<number>;
  readonly release: () => Promise<void>;
}

/** The one input of a model. */
export interface ImageInput {
  readonly name: string;
  /** [batch, channels, side, side], or [batch, side, side, channels]. */
  readonly layout: "channelsFirst" | "channelsLast";
  readonly channels: 1 | 3;
  /** Undefined if any size is possible. */
  readonly side: number | undefined;
  /** The number of images it takes at once; undefined if any. */
  readonly batch: number | undefined;
}

export interface ModelTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What a file says of a model before it is run. */
export interface ReadModel {
  readonly format: "ONNX" | "TensorFlow.js graph" | "TensorFlow.js layers";
  /** The names of files beside it that it needs. */
  readonly files?: readonly string[];
  readonly input: ImageInput;
  /** The names of its classes, if a file beside it lists them. */
  readonly labels?: readonly string[];
  /** How many times each kind of operation or layer occurs, the most frequent first. */
  readonly operators: readonly { readonly name: string; readonly count: number }[];
  /** Trained numbers. */
  readonly parameters: number;
  /** Loads it into its runtime. */
  readonly open: () => Promise<RunnableModel>;
}

export const shapeOf = ({ layout, channels }: ImageInput, count: number, side: number): readonly number[] =>
  layout === "channelsFirst" ? [count, channels, side, side] : [count, side, side, channels];

export const product = (numbers: readonly number[]): number => numbers.reduce((all, one) => all * one, 1);

/** Counts names, the most frequent first. */
export function countedNames(names: Iterable<string>): ReadModel["operators"] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}
