import * as tf from "@tensorflow/tfjs-core";
import { defineOperation } from "../../backend/operation";
import { programOver } from "../../backend/program";
import { type DepthwiseShape, sameShape } from "./shape";
import { depthwiseFilterGradientByWasm, depthwiseForwardByWasm, depthwiseInputGradientByWasm } from "./wasm";

/** WGSL: `index` into [batch, height, width, channels] → `n`, `y`, `x` and `c`. */
const place = (height: number, width: number, channels: number) => `  let c = index % ${channels};
  let x = (index / ${channels}) % ${width};
  let y = (index / ${channels * width}) % ${height};
  let n = index / ${channels * width * height};`;

const tapOf = ({ kernelWidth, channels }: DepthwiseShape) => `(ky * ${kernelWidth} + kx) * ${channels} + c`;

const forwardBody = (s: DepthwiseShape) => `${place(s.outHeight, s.outWidth, s.channels)}
  var sum = 0.0;
  for (var ky = 0; ky < ${s.kernelHeight}; ky++) {
    let row = y * ${s.stride} + ky - ${s.top};
    if (row < 0 || row >= ${s.height}) { continue; }
    for (var kx = 0; kx < ${s.kernelWidth}; kx++) {
      let column = x * ${s.stride} + kx - ${s.left};
      if (column < 0 || column >= ${s.width}) { continue; }
      sum += images[((n * ${s.height} + row) * ${s.width} + column) * ${s.channels} + c] * w[${tapOf(s)}];
    }
  }
  out[index] = sum;`;

const inputGradientBody = (s: DepthwiseShape) => `${place(s.height, s.width, s.channels)}
  var sum = 0.0;
  for (var ky = 0; ky < ${s.kernelHeight}; ky++) {
    let row = y + ${s.top} - ky;
    if (row < 0 || row % ${s.stride} != 0 || row / ${s.stride} >= ${s.outHeight}) { continue; }
    for (var kx = 0; kx < ${s.kernelWidth}; kx++) {
      let column = x + ${s.left} - kx;
      if (column < 0 || column % ${s.stride} != 0 || column / ${s.stride} >= ${s.outWidth}) { continue; }
      let at = (n * ${s.outHeight} + row / ${s.stride}) * ${s.outWidth} + column / ${s.stride};
      sum += dy[at * ${s.channels} + c] * w[${tapOf(s)}];
    }
  }
  out[index] = sum;`;

/** The filter gradient of each image: x and dy → [batch, taps · channels]. */
const filterPartsBody = (s: DepthwiseShape) => `  let c = index % ${s.channels};
  let kx = (index / ${s.channels}) % ${s.kernelWidth};
  let ky = (index / ${s.channels * s.kernelWidth}) % ${s.kernelHeight};
  let n = index / ${s.channels * s.kernelWidth * s.kernelHeight};
  var sum = 0.0;
  for (var y = 0; y < ${s.outHeight}; y++) {
    let row = y * ${s.stride} + ky - ${s.top};
    if (row < 0 || row >= ${s.height}) { continue; }
    for (var x = 0; x < ${s.outWidth}; x++) {
      let column = x * ${s.stride} + kx - ${s.left};
      if (column < 0 || column >= ${s.width}) { continue; }
      sum += images[((n * ${s.height} + row) * ${s.width} + column) * ${s.channels} + c]
        * dy[((n * ${s.outHeight} + y) * ${s.outWidth} + x) * ${s.channels} + c];
    }
  }
  out[index] = sum;`;

const plainAttributes = ({ stride }: DepthwiseShape) => ({
  strides: [stride, stride],
  pad: "same",
  dilations: [1, 1],
  dimRoundingMode: undefined,
});

const runForward = defineOperation<"x" | "filter", DepthwiseShape>(["x", "filter"], {
  name: "RetortDepthwiseConv2D",
  gpu: (backend, { x, filter }, s) => {
    const y = backend.output([s.batch, s.outHeight, s.outWidth, s.channels]);
    const count = s.batch * s.outHeight * s.outWidth * s.channels;
    const program = programOver("depthwise forward", ["images", "w"], ["out"], count, forwardBody(s));
    backend.run(program, [x, filter, y]);
    return [y];
  },
  reference: ({ x, filter }, s) => [
    tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, s.stride, "same"),
  ],
  wasm: ({ x, filter }, s) => [depthwiseForwardByWasm(x as tf.Tensor4D, filter as tf.Tensor4D, s)],
  gradient: ([dy], { inputs: { x, filter } }, s) => ({
    x: () => runInputGradient({ dy: dy as tf.Tensor, filter }, s)[0] as tf.Tensor,
    filter: () => runFilterGradient({ x, dy: dy as tf.Tensor }, s)[0] as tf.Tensor,
  }),
});

const runInputGradient = defineOperation<"dy" | "filter", DepthwiseShape>(["dy", "filter"], {
  name: "RetortDepthwiseConv2DInputGradient",
  gpu: (backend, { dy, filter }, s) => {
    const dx = backend.output([s.batch, s.height, s.width, s.channels]);
    const count = s.batch * s.height * s.width * s.channels;
    const program = programOver(
      "depthwise input gradient",
      ["dy", "w"],
      ["out"],
      count,
      inputGradientBody(s),
    );
    backend.run(program, [dy, filter, dx]);
    return [dx];
  },
  reference: ({ dy, filter }, s) => {
    const attributes = { ...plainAttributes(s), inputShape: [s.batch, s.height, s.width, s.channels] };
    const dx = tf
      .engine()
      .runKernel(
        "DepthwiseConv2dNativeBackpropInput",
        { dy, filter },
        attributes as unknown as tf.NamedAttrMap,
      );
    return [dx as tf.Tensor];
  },
  wasm: ({ dy, filter }, s) => [depthwiseInputGradientByWasm(dy, filter, s)],
});

const runFilterGradient = defineOperation<"x" | "dy", DepthwiseShape>(["x", "dy"], {
  name: "RetortDepthwiseConv2DFilterGradient",
  gpu: (backend, { x, dy }, s) => {
    const taps = s.kernelHeight * s.kernelWidth * s.channels;
    const parts = backend.output([s.batch, taps]);
    const dw = backend.output([s.kernelHeight, s.kernelWidth, s.channels, 1]);
    const part = programOver(
      "depthwise filter gradient",
      ["images", "dy"],
      ["out"],
      s.batch * taps,
      filterPartsBody(s),
    );
    backend.run(part, [x, dy, parts]);
    // Adds the images in order, so that the sum is reproducible.
    const total = `  var sum = 0.0;
  for (var n = 0; n < ${s.batch}; n++) { sum += parts[n * ${taps} + index]; }
  out[index] = sum;`;
    backend.run(programOver("depthwise filter gradient, sum", ["parts"], ["out"], taps, total), [parts, dw]);
    backend.disposeData(parts.dataId);
    return [dw];
  },
  reference: ({ x, dy }, s) => {
    const filterShape = [s.kernelHeight, s.kernelWidth, s.channels, 1];
    const dw = tf.engine().runKernel("DepthwiseConv2dNativeBackpropFilter", { x, dy }, {
      ...plainAttributes(s),
      filterShape,
    } as unknown as tf.NamedAttrMap);
    return [dw as tf.Tensor];
  },
  wasm: ({ x, dy }, s) => [depthwiseFilterGradientByWasm(x, dy, s)],
});

/**
 * The cross-correlation of each channel with its own filter, padded to ⌈size / stride⌉, differentiable in both inputs.
 *
 * @param x [batch, height, width, channels]
 * @param filter [kernelHeight, kernelWidth, channels, 1]
 * @returns [batch, ⌈height / stride⌉, ⌈width / stride⌉, channels]; the caller owns it
 * @throws RangeError when ranks, channels or the stride do not fit
 */
export function depthwiseConv2d(x: tf.Tensor4D, filter: tf.Tensor4D, stride: number): tf.Tensor4D {
  const shape = sameShape(x.shape, filter.shape, stride);
  return runForward({ x, filter }, shape)[0] as tf.Tensor4D;
}
