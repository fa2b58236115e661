import * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { gradientInParts, gradientOf, gradientOutput } from "../../backend/gradient-homes";
import { defineOperation } from "../../backend/operation";
import type { Chunks } from "../batch-norm/programs";
import { choicesOf, type Pass } from "./choice";
import type { Fusion } from "./operand";
import { type ConvolutionShape, convolutionShape } from "./programs";
import { filterGradientByWasm, forwardByWasm, inputGradientByWasm } from "./wasm";

export interface ConvolutionOptions {
  readonly stride: number;
  /** Zeros on each side, as in PyTorch. */
  readonly padding: number;
}

type Attributes = ConvolutionShape;

/** Pads explicitly with zeros, the same for every stride and size; tfjs's own padding follows other rules. */
const pad = (x: tf.Tensor4D, { padding: p }: ConvolutionShape): tf.Tensor4D =>
  p === 0
    ? x
    : tf.pad(x, [
        [0, 0],
        [p, p],
        [p, p],
        [0, 0],
      ]);

interface PassOptions {
  /** Operands computed as they are loaded, for which there must be a kernel; `inputs` are the tensors that they read. */
  readonly fusion?: Fusion | undefined;
  /** Tensors that the kernel writes beside the pass's output. */
  readonly kept?: readonly tf.TensorInfo[];
}

/**
 * Runs one pass by the kernel chosen for it on this device, and returns its output of `outputShape`. A biased forward
 * pass has its bias as third input.
 */
export function runPass(
  backend: TrainingBackend,
  pass: Pass,
  shape: ConvolutionShape,
  inputs: readonly tf.TensorInfo[],
  outputShape: number[],
  { fusion, kept = [] }: PassOptions = {},
): tf.TensorInfo {
  const choices = choicesOf(backend.device);
  const kernel = fusion ? choices.fused({ pass, shape, fusion }) : choices.kernelFor({ pass, shape });
  if (!kernel) throw new Error(`No ${pass} kernel computes its operands as it loads them.`);
  const { partial, reduce, splits } = kernel;
  if (!reduce) {
    const isGradient = pass === "filter gradient";
    const out = isGradient ? gradientOutput(backend, outputShape) : backend.output(outputShape);
    backend.run(partial, [...inputs, out, ...kept]);
    return out;
  }
  const sums = backend.output([splits, tf.util.sizeFromShape(outputShape)]);
  backend.run(partial, [...inputs, sums, ...kept]);
  return gradientInParts(backend, outputShape, sums, (out) => backend.run(reduce, [sums, out]));
}

const runForward = defineOperation<"x" | "filter", Attributes>(["x", "filter"], {
  name: "RetortConv2D",
  gpu: (backend, { x, filter }, shape) => [
    runPass(backend, "forward", shape, [x, filter], [shape.batch, shape.outHeight, shape.outWidth, shape.to]),
  ],
  reference: ({ x, filter }, shape) => [
    tf.conv2d(pad(x as tf.Tensor4D, shape), filter as tf.Tensor4D, shape.stride, "valid"),
  ],
  wasm: ({ x, filter }, shape) => [forwardByWasm(x as tf.Tensor4D, filter as tf.Tensor4D, shape)],
  gradient: ([dy], { inputs: { x, filter } }, shape) => gradientsOf(x, filter, dy as tf.Tensor, shape),
});

const gradientsOf = (x: tf.Tensor, filter: tf.Tensor, dy: tf.Tensor, shape: ConvolutionShape) => ({
  x: () => runInputGradient({ dy, filter }, shape)[0] as tf.Tensor,
  filter: () => gradientOf(filter, () => runFilterGradient({ x, dy }, shape)[0] as tf.Tensor),
});

const runInputGradient = defineOperation<"dy" | "filter", Attributes>(["dy", "filter"], {
  name: "RetortConv2DInputGradient",
  gpu: (backend, { dy, filter }, shape) => [
    runPass(
      backend,
      "input gradient",
      shape,
      [dy, filter],
      [shape.batch, shape.height, shape.width, shape.from],
    ),
  ],
  reference: ({ dy, filter }, shape) => {
    const { batch, height, width, from, padding: p, stride } = shape;
    const padded: [number, number, number, number] = [batch, height + 2 * p, width + 2 * p, from];
    const dx = tf.conv2dTranspose(dy as tf.Tensor4D, filter as tf.Tensor4D, padded, stride, "valid");
    return [tf.slice(dx, [0, p, p, 0], [batch, height, width, from])];
  },
  wasm: ({ dy, filter }, shape) => [inputGradientByWasm(dy as tf.Tensor4D, filter as tf.Tensor4D, shape)],
});

const runFilterGradient = defineOperation<"x" | "dy", Attributes>(["x", "dy"], {
  name: "RetortConv2DFilterGradient",
  gpu: (backend, { x, dy }, shape) => [
    runPass(
      backend,
      "filter gradient",
      shape,
      [x, dy],
      [shape.kernelHeight, shape.kernelWidth, shape.from, shape.to],
    ),
  ],
  reference: ({ x, dy }, shape) => {
    const { kernelHeight, kernelWidth, from, to, stride } = shape;
    const filterShape: [number, number, number, number] = [kernelHeight, kernelWidth, from, to];
    const attributes = {
      strides: [stride, stride],
      pad: "valid",
      dataFormat: "NHWC",
      dimRoundingMode: undefined,
      filterShape,
    };
    const gradient = tf
      .engine()
      .runKernel(
        "Conv2DBackpropFilter",
        { x: pad(x as tf.Tensor4D, shape), dy },
        attributes as unknown as tf.NamedAttrMap,
      );
    return [gradient as tf.Tensor];
  },
  wasm: ({ x, dy }, shape) => [filterGradientByWasm(x as tf.Tensor4D, dy as tf.Tensor4D, shape)],
});

/**
 * Cross-correlation with zero padding, differentiable in both inputs. Without bias, since a batch norm follows.
 *
 * @param x [batch, height, width, from]
 * @param filter [kernelHeight, kernelWidth, from, to]
 * @returns [batch, ⌊(height + 2p − k)/s⌋ + 1, …, to]; the caller owns it
 * @throws RangeError when ranks, channels, stride or padding do not fit, or the output would be empty
 */
export function conv2d(x: tf.Tensor4D, filter: tf.Tensor4D, options: ConvolutionOptions): tf.Tensor4D {
  const shape = convolutionShape(x.shape, filter.shape, options);
  return runForward({ x, filter }, shape)[0] as tf.Tensor4D;
}

/** The moments of chunks of a tensor's rows, [2, groups, chunks.count, channels], of which a batch norm is made. */
export interface Moments {
  readonly tensor: tf.Tensor;
  readonly chunks: Chunks;
}
