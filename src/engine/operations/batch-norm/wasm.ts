import type * as tf from "@tensorflow/tfjs-core";
import { allocate, numbersOf } from "../../backend/wasm/heap";
import type { NormShape } from "./programs";

/** Numbers per block of rows, few enough to stay in the processor's L1 cache while each channel is summed. */
const blockNumbers = 2048;

/** Calls `sum` for each group, channel and block of rows, with the indices of the first number and past the last one. */
function overBlocks(
  { groups, channels, rows }: NormShape,
  sum: (statistic: number, channel: number, from: number, to: number) => void,
): void {
  const blockRows = Math.max(1, Math.floor(blockNumbers / channels));
  for (let group = 0; group < groups; group++) {
    for (let row = 0; row < rows; row += blockRows) {
      const from = (group * rows + row) * channels;
      const to = (group * rows + Math.min(rows, row + blockRows)) * channels;
      for (let c = 0; c < channels; c++) sum(group * channels + c, c, from + c, to);
    }
  }
}

/** Returns y like x, and mean and biased variance, [groups, channels]. The caller owns all. */
export function batchNormByWasm(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  shape: NormShape,
): [tf.Tensor, tf.Tensor, tf.Tensor] {
  const { groups, channels, rows } = shape;
  const outputs = [allocate(x.shape), allocate([groups, channels]), allocate([groups, channels])] as const;
  const [xs, gammas, betas, ys, means, variances] = numbersOf(x, gamma, beta, ...outputs);
  const sums = new Float64Array(groups * channels);
  const squares = new Float64Array(groups * channels);
  overBlocks(shape, (statistic, _, from, to) => {
    let sum = 0;
    let square = 0;
    for (let i = from; i < to; i += channels) {
      const value = xs[i] as number;
      sum += value;
      square += value * value;
    }
    sums[statistic] = (sums[statistic] as number) + sum;
    squares[statistic] = (squares[statistic] as number) + square;
  });
  for (let s = 0; s < sums.length; s++) {
    const mean = (sums[s] as number) / rows;
    means[s] = mean;
    // The sums are float64: cancellation here is far below float32's precision.
    variances[s] = Math.max(0, (squares[s] as number) / rows - mean * mean);
  }
  normalize({ x: xs, gamma: gammas, beta: betas, mean: means, variance: variances }, ys, shape);
  return [...outputs];
}

type Given = "x" | "gamma" | "beta" | "mean" | "variance";

/** Writes γ(x − μ)/√(σ² + ε) + β, or its ReLU if `shape.relu`, to `ys`. */
function normalize(given: Readonly<Record<Given, Float32Array>>, ys: Float32Array, shape: NormShape): void {
  const { x: xs, gamma, beta, mean, variance } = given;
  const { channels, epsilon, relu } = shape;
  const floor = relu ? 0 : Number.NEGATIVE_INFINITY;
  overBlocks(shape, (statistic, c, from, to) => {
    const scale = (gamma[c] as number) / Math.sqrt((variance[statistic] as number) + epsilon);
    const shift = (beta[c] as number) - (mean[statistic] as number) * scale;
    for (let i = from; i < to; i += channels) {
      const value = (xs[i] as number) * scale + shift;
      ys[i] = value < floor ? floor : value;
    }
  });
}

/** Returns y like x, normalized by given statistics. The caller owns it. */
export function batchNormEvaluateByWasm(
  { x, gamma, beta, mean, variance }: Readonly<Record<Given, tf.Tensor>>,
  shape: NormShape,
): [tf.Tensor] {
  const y = allocate(x.shape);
  const [xs, gammas, betas, means, variances, ys] = numbersOf(x, gamma, beta, mean, variance, y);
  normalize({ x: xs, gamma: gammas, beta: betas, mean: means, variance: variances }, ys, shape);
  return [y];
}

/**
 * Returns dx like x, and dγ and dβ, [channels], given the inputs and statistics of {@link batchNormByWasm} and dy. The
 * caller owns all.
 */
export function batchNormGradientByWasm(
  given: Readonly<Record<Given | "dy", tf.Tensor>>,
  shape: NormShape,
): [tf.Tensor, tf.Tensor, tf.Tensor] {
  const { groups, channels, rows, epsilon, relu } = shape;
  const { x, gamma, beta, mean, variance, dy } = given;
  const outputs = [allocate(x.shape), allocate([channels]), allocate([channels])] as const;
  const [xs, gammas, betas, means, variances, dys] = numbersOf(x, gamma, beta, mean, variance, dy);
  const [dxs, dGammas, dBetas] = numbersOf(...outputs);
  const sums = new Float64Array(groups * channels);
  const weighted = new Float64Array(groups * channels);
  // Without a ReLU all gradients pass.
  const isOpen = !relu;
  overBlocks(shape, (statistic, c, from, to) => {
    const center = means[statistic] as number;
    const inverse = 1 / Math.sqrt((variances[statistic] as number) + epsilon);
    const [slope, offset] = [gammas[c] as number, betas[c] as number];
    let sum = 0;
    let product = 0;
    for (let i = from; i < to; i += channels) {
      const xHat = ((xs[i] as number) - center) * inverse;
      const gated = isOpen || xHat * slope + offset > 0 ? (dys[i] as number) : 0;
      sum += gated;
      product += gated * xHat;
    }
    sums[statistic] = (sums[statistic] as number) + sum;
    weighted[statistic] = (weighted[statistic] as number) + product;
  });
  overBlocks(shape, (statistic, c, from, to) => {
    const center = means[statistic] as number;
    const inverse = 1 / Math.sqrt((variances[statistic] as number) + epsilon);
    const [slope, offset] = [gammas[c] as number, betas[c] as number];
    const [meanSum, meanWeighted] = [
      (sums[statistic] as number) / rows,
      (weighted[statistic] as number) / rows,
    ];
    const scale = slope * inverse;
    for (let i = from; i < to; i += channels) {
      const xHat = ((xs[i] as number) - center) * inverse;
      const gated = isOpen || xHat * slope + offset > 0 ? (dys[i] as number) : 0;
      dxs[i] = scale * (gated - meanSum - xHat * meanWeighted);
    }
  });
  for (let c = 0; c < channels; c++) {
    let [dGamma, dBeta] = [0, 0];
    for (let s = c; s < sums.length; s += channels) {
      dGamma += weighted[s] as number;
      dBeta += sums[s] as number;
    }
    dGammas[c] = dGamma;
    dBetas[c] = dBeta;
  }
  return [...outputs];
}
