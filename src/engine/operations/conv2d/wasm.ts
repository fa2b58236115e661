import * as tf from "@tensorflow/tfjs-core";
import type { ConvolutionShape } from "./programs";

/**
 * Both gradients of a convolution as forward convolutions, at which XNNPACK, and so tfjs's WASM backend, is fast. The
 * callers own all results.
 */

interface Frame {
  /** Zeros above and to the left of the first pixel, and below and to the right of the last, [vertical, horizontal]. */
  readonly first: readonly [number, number];
  readonly last: readonly [number, number];
  readonly stride?: number;
  readonly dilation?: number;
}

/**
 * Convolves x [n, h, w, from] with a filter [kh, kw, from, to]. tfjs's WASM kernel confuses height and width unless the
 * filter is square: other filters get extra taps of zero, and the images as much more padding.
 */
function convolve(x: tf.Tensor4D, filter: tf.Tensor4D, frame: Frame): tf.Tensor4D {
  const { first, last, stride = 1, dilation = 1 } = frame;
  const [height, width] = filter.shape;
  const side = Math.max(height, width);
  const pads: [[number, number], [number, number], [number, number], [number, number]] = [
    [0, 0],
    [first[0], last[0] + dilation * (side - height)],
    [first[1], last[1] + dilation * (side - width)],
    [0, 0],
  ];
  return tf.conv2d(x, fitted(filter, [side, side], [0, 1]), stride, pads, "NHWC", dilation, "floor");
}

/** Returns y, given x [batch, height, width, from] and filter [kernelHeight, kernelWidth, from, to]. */
export function forwardByWasm(x: tf.Tensor4D, filter: tf.Tensor4D, s: ConvolutionShape): tf.Tensor4D {
  const padding = [s.padding, s.padding] as const;
  return convolve(x, filter, { first: padding, last: padding, stride: s.stride });
}

/** Inserts zeros between adjacent pixels and after the last: [n, h, w, c] → [n, h·stride, w·stride, c]. */
function spread(y: tf.Tensor4D, stride: number): tf.Tensor4D {
  const [n, h, w, c] = y.shape;
  const columns = tf.pad(tf.reshape(y, [n * h * w, c]), [
    [0, 0],
    [0, (stride - 1) * c],
  ]);
  const row = w * stride * c;
  const rows = tf.pad(tf.reshape(columns, [n * h, row]), [
    [0, 0],
    [0, (stride - 1) * row],
  ]);
  return tf.reshape(rows, [n, h * stride, w * stride, c]);
}

/** Changes the lengths of two axes, by cutting at the end or padding with zeros. */
function fitted(x: tf.Tensor4D, lengths: readonly number[], axes: readonly [number, number]): tf.Tensor4D {
  const wanted = [...x.shape];
  axes.forEach((axis, i) => {
    wanted[axis] = lengths[i] as number;
  });
  if (wanted.every((length, axis) => length === x.shape[axis])) return x;
  const common = wanted.map((length, axis) => Math.min(length, x.shape[axis] as number));
  const cut = tf.slice(x, [0, 0, 0, 0], common as [number, number, number, number]);
  return tf.pad(
    cut,
    wanted.map((length, axis) => [0, length - (common[axis] as number)] as [number, number]),
  );
}

/** Returns dx [batch, height, width, from]: dy, its pixels spread by the stride, convolved with the flipped filter. */
export function inputGradientByWasm(dy: tf.Tensor4D, filter: tf.Tensor4D, s: ConvolutionShape): tf.Tensor4D {
  const { height, width, kernelHeight, kernelWidth, stride, padding } = s;
  const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
  if (kernelHeight === 1 && kernelWidth === 1 && padding === 0) {
    const dx = tf.conv2d(dy, turned, 1, "valid");
    return stride === 1 ? dx : fitted(spread(dx, stride), [height, width], [1, 2]);
  }
  const [top, left] = [kernelHeight - 1, kernelWidth - 1];
  const reach = [height + 2 * padding - top, width + 2 * padding - left];
  const wide = stride === 1 ? dy : fitted(spread(dy, stride), reach, [1, 2]);
  // If the padding exceeds the filter's reach, pixels of the padding are computed as well and cut away.
  const cut = Math.max(0, padding - Math.min(top, left));
  const around = [top - padding + cut, left - padding + cut] as const;
  const dx = convolve(wide, turned, { first: around, last: around });
  return cut === 0 ? dx : tf.slice(dx, [0, cut, cut, 0], [s.batch, height, width, s.from]);
}

/**
 * Returns dW [kernelHeight, kernelWidth, from, to]: each input channel becomes an image whose channels are the batch,
 * convolved with dy as a filter dilated by the stride.
 */
export function filterGradientByWasm(x: tf.Tensor4D, dy: tf.Tensor4D, s: ConvolutionShape): tf.Tensor4D {
  const images = tf.transpose(x, [3, 1, 2, 0]);
  const taps = tf.transpose(dy, [1, 2, 0, 3]);
  const padding = [s.padding, s.padding] as const;
  const found = convolve(images, taps, { first: padding, last: padding, dilation: s.stride });
  // If the stride leaves a remainder, the result has more positions than the filter.
  const cut = fitted(found, [s.kernelHeight, s.kernelWidth], [1, 2]);
  return tf.transpose(cut, [1, 2, 0, 3]);
}
