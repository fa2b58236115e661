import * as tf from "@tensorflow/tfjs-core";
import type { Backbone } from "../networks/backbone";
import type { LabeledFeatures } from "./knn";

/** Weight of the penalty, relative to features of variance 1. */
const penalty = 1e-3;
/** Keeps a constant feature (a dead unit) at zero instead of scaling it up. */
const leastDeviation = 1e-5;

/**
 * A linear classifier in closed form (docs/methods.md §5.1). With A the features standardized by the training images'
 * mean m and deviation s, Y the one-hot labels and p the shares of the classes:
 * W = (AᵀA/n + λI)⁻¹ Aᵀ(Y − p)/n with λ = 10⁻³, and the scores of a feature f are ((f − m)/s) W + p.
 */
export interface RidgeClassifier {
  readonly dimension: number;
  readonly classes: number;
  readonly mean: Float64Array;
  /** 1/s of each feature. */
  readonly scale: Float64Array;
  /** [dimension, classes], row-major. */
  readonly weights: Float64Array;
  /** The share of each class in the training images. */
  readonly shares: Float64Array;
}

/** The products of all pairs of columns of `rows` [count, dimension]: [dimension, dimension]. */
type Gram = (rows: Float32Array, count: number, dimension: number) => ArrayLike<number>;

/** Fits the classifier in float64. @throws RangeError if there are no images */
export function fitRidge(train: LabeledFeatures, classes: number): RidgeClassifier {
  return solved(prepared(train, classes), gramOf);
}

/** {@link fitRidge} with the products of features computed by the backend. @param features [count, dimension] */
export async function fitRidgeOn(
  features: tf.Tensor2D,
  labels: ArrayLike<number>,
  classes: number,
): Promise<RidgeClassifier> {
  const read = (await features.data()) as Float32Array;
  const given = prepared({ features: read, labels }, classes);
  const products = tf.tidy(() => {
    const rows = tf.tensor2d(given.rows, [given.count, given.dimension]);
    return tf.matMul(rows, rows, true, false);
  });
  const gram = await products.data();
  products.dispose();
  return solved(given, () => gram);
}

/** Scores of features [rows, dimension] at any scale: [rows, classes], row-major. */
export function ridgeScores(ridge: RidgeClassifier, features: Float32Array): Float32Array {
  const { dimension, classes, mean, scale, weights, shares } = ridge;
  const count = features.length / dimension;
  const scores = new Float32Array(count * classes);
  const sums = new Float64Array(classes);
  for (let row = 0; row < count; row++) {
    sums.set(shares);
    for (let d = 0; d < dimension; d++) {
      const x = ((features[row * dimension + d] as number) - (mean[d] as number)) * (scale[d] as number);
      const from = d * classes;
      for (let c = 0; c < classes; c++) sums[c] = (sums[c] as number) + x * (weights[from + c] as number);
    }
    scores.set(sums, row * classes);
  }
  return scores;
}

/** The classifier as one linear layer: scores = features · weight + bias. */
export function ridgeLayer({ dimension, classes, mean, scale, weights, shares }: RidgeClassifier): {
  /** [dimension, classes] */
  readonly weight: Float32Array;
  readonly bias: Float32Array;
} {
  const weight = weights.map((w, at) => w * (scale[Math.floor(at / classes)] as number));
  const bias = shares.map((share, c) => {
    let sum = share;
    for (let d = 0; d < dimension; d++) sum -= (mean[d] as number) * (weight[d * classes + c] as number);
    return sum;
  });
  return { weight: Float32Array.from(weight), bias: Float32Array.from(bias) };
}

/** Scores below this share count as this share where scores are read as probabilities. */
const leastShare = 1e-3;

/**
 * The classifier on the backend. Its scores estimate the classes' probabilities; their logarithms stand for logits, so
 * that a softmax gives the scores back, those below 0.1 % raised to it.
 */
export const asClassifier = (ridge: RidgeClassifier) => ({
  logits: (features: tf.Tensor2D): tf.Tensor2D =>
    tf.tidy(() => {
      const { dimension, classes, mean, scale, weights, shares } = ridge;
      const standardized = tf.mul(
        tf.sub(features, tf.tensor1d(Float32Array.from(mean))),
        tf.tensor1d(Float32Array.from(scale)),
      ) as tf.Tensor2D;
      const scores = tf.add(
        tf.matMul(standardized, tf.tensor2d(Float32Array.from(weights), [dimension, classes])),
        tf.tensor1d(Float32Array.from(shares)),
      );
      return tf.log(tf.maximum(scores, leastShare)) as tf.Tensor2D;
    }),
});

/** The same of features that are not on the backend, [rows, dimension] → [rows, classes]. */
export const ridgeLogits = (ridge: RidgeClassifier, features: Float32Array): Float32Array<ArrayBuffer> =>
  Float32Array.from(ridgeScores(ridge, features), (score) => Math.log(Math.max(score, leastShare)));

interface Prepared extends Omit<RidgeClassifier, "weights"> {
  readonly count: number;
  /** Standardized features, [count, dimension]. */
  readonly rows: Float32Array;
  /** AᵀY/n, [dimension, classes]; since A has mean 0, it equals Aᵀ(Y − p)/n. */
  readonly products: Float64Array;
}

function prepared({ features, labels }: LabeledFeatures, classes: number): Prepared {
  const count = labels.length;
  if (count === 0) throw new RangeError("A linear classifier needs at least one image.");
  const dimension = features.length / count;
  const mean = new Float64Array(dimension);
  for (let i = 0; i < features.length; i++) add(mean, i % dimension, (features[i] as number) / count);
  const variance = new Float64Array(dimension);
  for (let i = 0; i < features.length; i++) {
    const d = i % dimension;
    add(variance, d, ((features[i] as number) - (mean[d] as number)) ** 2 / count);
  }
  const scale = variance.map((one) => 1 / (Math.sqrt(one) + leastDeviation));
  const rows = features.map((x, i) => {
    const d = i % dimension;
    return (x - (mean[d] as number)) * (scale[d] as number);
  });
  const shares = new Float64Array(classes);
  const products = new Float64Array(dimension * classes);
  for (let row = 0; row < count; row++) {
    const label = labels[row] as number;
    add(shares, label, 1 / count);
    for (let d = 0; d < dimension; d++) {
      add(products, d * classes + label, (rows[row * dimension + d] as number) / count);
    }
  }
  return { count, dimension, classes, mean, scale, shares, rows, products };
}

function add(to: Float64Array, at: number, value: number): void {
  to[at] = (to[at] as number) + value;
}

const gramOf: Gram = (rows, count, dimension) => {
  const gram = new Float64Array(dimension * dimension);
  for (let row = 0; row < count; row++) {
    const from = row * dimension;
    for (let a = 0; a < dimension; a++) {
      const x = rows[from + a] as number;
      for (let b = 0; b < dimension; b++) add(gram, a * dimension + b, x * (rows[from + b] as number));
    }
  }
  return gram;
};

function solved({ count, rows, products, ...fitted }: Prepared, gram: Gram): RidgeClassifier {
  const { dimension, classes } = fitted;
  const matrix = Float64Array.from(gram(rows, count, dimension), (sum) => sum / count);
  for (let d = 0; d < dimension; d++) add(matrix, d * dimension + d, penalty);
  factorize(matrix, dimension);
  const weights = products.slice();
  for (let c = 0; c < classes; c++) substitute(matrix, dimension, weights, c, classes);
  return { ...fitted, weights };
}

/** Cholesky: replaces the lower triangle of a positive definite matrix by L with LLᵀ equal to it. */
function factorize(matrix: Float64Array, size: number): void {
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = matrix[a * size + b] as number;
      for (let k = 0; k < b; k++) sum -= (matrix[a * size + k] as number) * (matrix[b * size + k] as number);
      matrix[a * size + b] = a === b ? Math.sqrt(sum) : sum / (matrix[b * size + b] as number);
    }
  }
}

/** Solves LLᵀx = b in place; b is column `column` of `values` [size, columns]. */
function substitute(
  factor: Float64Array,
  size: number,
  values: Float64Array,
  column: number,
  columns: number,
): void {
  const at = (row: number) => row * columns + column;
  for (let row = 0; row < size; row++) {
    let sum = values[at(row)] as number;
    for (let k = 0; k < row; k++) sum -= (factor[row * size + k] as number) * (values[at(k)] as number);
    values[at(row)] = sum / (factor[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = values[at(row)] as number;
    for (let k = row + 1; k < size; k++)
      sum -= (factor[k * size + row] as number) * (values[at(k)] as number);
    values[at(row)] = sum / (factor[row * size + row] as number);
  }
}

/** The classifiers of networks that have had their final evaluation and train no further. */
export const finalRidges = new WeakMap<Backbone, RidgeClassifier>();
