import * as tf from "@tensorflow/tfjs-core";
import { gradientOf } from "../../backend/gradient-homes";
import { defineOperation } from "../../backend/operation";
import { runPass } from "../conv2d/conv2d";
import type { ConvolutionShape } from "../conv2d/programs";
import { columnSums } from "../reductions/column-sums";

/**
 * Matrix products by the kernels of 1×1 convolutions: the forward pass is A B, the input gradient A Bᵀ, the filter
 * gradient Aᵀ B. Their kernels are chosen by measurement like those of convolutions, and unlike tfjs's products of long
 * rows they sum in a fixed order. The gradient of each product is made of the other two.
 */

interface Product {
  /** The shape of the result, [rows, columns]. */
  readonly rows: number;
  readonly columns: number;
  /** The dimension that is summed over. */
  readonly inner: number;
}

type RunProduct = (factors: Record<"a" | "b", tf.Tensor>, product: Product) => tf.Tensor[];

/** x [n, from] · w [from, to] as a 1×1 convolution of n images of one pixel. */
const pixels = (batch: number, from: number, to: number): ConvolutionShape => ({
  ...{ batch, from, to, height: 1, width: 1, kernelHeight: 1, kernelWidth: 1 },
  ...{ outHeight: 1, outWidth: 1, stride: 1, padding: 0 },
});

const runProduct: RunProduct = defineOperation<"a" | "b", Product>(["a", "b"], {
  name: "RetortProduct",
  gpu: (backend, { a, b }, { rows, inner, columns }) => [
    runPass(backend, "forward", pixels(rows, inner, columns), [a, b], [rows, columns]),
  ],
  reference: ({ a, b }) => [tf.matMul(a, b)],
  gradient: ([dy], { inputs: { a, b } }, { rows, inner, columns }) => ({
    a: () => one(runByTransposed({ a: dy as tf.Tensor, b }, { rows, inner: columns, columns: inner })),
    b: () => one(runOfTransposed({ a, b: dy as tf.Tensor }, { rows: inner, inner: rows, columns })),
  }),
});

const runByTransposed: RunProduct = defineOperation<"a" | "b", Product>(["a", "b"], {
  name: "RetortProductByTransposed",
  gpu: (backend, { a, b }, { rows, inner, columns }) => [
    runPass(backend, "input gradient", pixels(rows, columns, inner), [a, b], [rows, columns]),
  ],
  reference: ({ a, b }) => [tf.matMul(a, b, false, true)],
  gradient: ([dy], { inputs: { a, b } }, { rows, inner, columns }) => ({
    a: () => one(runProduct({ a: dy as tf.Tensor, b }, { rows, inner: columns, columns: inner })),
    b: () =>
      one(runOfTransposed({ a: dy as tf.Tensor, b: a }, { rows: columns, inner: rows, columns: inner })),
  }),
});

const runOfTransposed: RunProduct = defineOperation<"a" | "b", Product>(["a", "b"], {
  name: "RetortProductOfTransposed",
  gpu: (backend, { a, b }, { rows, inner, columns }) => [
    runPass(backend, "filter gradient", pixels(inner, rows, columns), [a, b], [rows, columns]),
  ],
  reference: ({ a, b }) => [tf.matMul(a, b, true, false)],
  gradient: ([dy], { inputs: { a, b } }, { rows, inner, columns }) => ({
    a: () =>
      one(runByTransposed({ a: b, b: dy as tf.Tensor }, { rows: inner, inner: columns, columns: rows })),
    b: () => one(runProduct({ a, b: dy as tf.Tensor }, { rows: inner, inner: rows, columns })),
  }),
});

const runDense = defineOperation<"x" | "weight" | "bias", Product>(["x", "weight", "bias"], {
  name: "RetortDense",
  gpu: (backend, { x, weight, bias }, { rows, inner, columns }) => {
    const shape = { ...pixels(rows, inner, columns), biased: true } as const;
    return [runPass(backend, "forward", shape, [x, weight, bias], [rows, columns])];
  },
  reference: ({ x, weight, bias }) => [tf.add(tf.matMul(x, weight), bias)],
  gradient: ([dy], { inputs: { x, weight, bias } }, { rows, inner, columns }) => ({
    x: () =>
      one(runByTransposed({ a: dy as tf.Tensor, b: weight }, { rows, inner: columns, columns: inner })),
    weight: () =>
      gradientOf(weight, () =>
        one(runOfTransposed({ a: x, b: dy as tf.Tensor }, { rows: inner, inner: rows, columns })),
      ),
    bias: () => gradientOf(bias, () => columnSums(dy as tf.Tensor2D)),
  }),
});

const one = (outputs: readonly tf.Tensor[]): tf.Tensor2D => outputs[0] as tf.Tensor2D;

/** A B. [n, k] × [k, m] → [n, m]; the caller owns it. @throws RangeError when the shapes do not fit */
export function product(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  const [[rows, inner], [given, columns]] = [a.shape, b.shape];
  if (inner !== given) throw new RangeError(`[${a.shape}] cannot be multiplied by [${b.shape}].`);
  return one(runProduct({ a, b }, { rows, inner, columns }));
}

/** A Bᵀ. [n, k] × [m, k] → [n, m]; the caller owns it. @throws RangeError when the shapes do not fit */
export function productByTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  const [[rows, inner], [columns, given]] = [a.shape, b.shape];
  if (inner !== given) throw new RangeError(`[${a.shape}] cannot be multiplied by [${b.shape}] transposed.`);
  return one(runByTransposed({ a, b }, { rows, inner, columns }));
}

/**
 * x W + b; the sums start with the bias. [n, from] × [from, to] + [to] → [n, to]; the caller owns it.
 *
 * @throws RangeError when the shapes do not fit
 */
export function dense(x: tf.Tensor2D, weight: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const [[rows, inner], [given, columns]] = [x.shape, weight.shape];
  if (x.rank !== 2 || inner !== given || bias.size !== columns) {
    throw new RangeError(
      `A dense layer of [${weight.shape}] with a bias of ${bias.size} does not fit inputs [${x.shape}].`,
    );
  }
  return one(runDense({ x, weight, bias }, { rows, inner, columns }));
}
