import type { ProbeRate } from "../../protocol/messages";
import { Purpose, randomFor } from "../math/random";
import { topKAccuracy } from "./classification";
import type { LabeledFeatures } from "./knn";

export interface LinearProbeOptions {
  readonly classes: number;
  /** Learning rates to try, per batch of 256; the best on validation is used. */
  readonly learningRates: readonly number[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
}

/** The rates of S2-BNN's sweep (docs/methods.md §1.6). */
export const linearProbeDefaults = {
  learningRates: [0.001, 0.01, 0.1, 1, 10, 30],
  epochs: 20,
  batchSize: 256,
} as const;

export interface LinearProbeResult {
  readonly learningRate: number;
  /** Validation accuracy at the chosen rate. */
  readonly validationTop1: number;
  /** Test accuracy at the chosen rate. */
  readonly testTop1: number;
  /** Scores of the test set, [count, classes], for top-5 and confusion. */
  readonly testScores: Float32Array;
  /** Validation accuracy of every rate tried, in the order given. */
  readonly sweep: readonly ProbeRate[];
}

/**
 * Linear evaluation on frozen features as papers do it: softmax regression by SGD with momentum .9 and cosine decay, no
 * weight decay, on features as they are: their scale decides which rate is best (S2-BNN). Only validation data choose it.
 *
 * @throws RangeError if a part is empty or no rate is given
 */
export function linearProbe(
  parts: {
    readonly train: LabeledFeatures;
    readonly validation: LabeledFeatures;
    readonly test: LabeledFeatures;
  },
  options: LinearProbeOptions,
): LinearProbeResult {
  for (const [name, part] of Object.entries(parts)) {
    if (part.labels.length === 0) throw new RangeError(`The linear probe's ${name} part has no image.`);
  }
  const dimension = parts.train.features.length / parts.train.labels.length;
  const { train, validation, test } = parts;
  let best: { learningRate: number; top1: number; weights: Float32Array } | undefined;
  const sweep: ProbeRate[] = [];
  for (const learningRate of options.learningRates) {
    const weights = trainRegression(train, dimension, learningRate, options);
    const top1 = topKAccuracy(
      scoresOf(weights, validation.features, dimension, options.classes),
      validation.labels,
      1,
    );
    sweep.push({ learningRate, validationTop1: top1 });
    if (!best || top1 > best.top1) best = { learningRate, top1, weights };
  }
  if (!best) throw new RangeError("The linear probe needs at least one learning rate.");
  const testScores = scoresOf(best.weights, test.features, dimension, options.classes);
  return {
    learningRate: best.learningRate,
    validationTop1: best.top1,
    testTop1: topKAccuracy(testScores, test.labels, 1),
    testScores,
    sweep,
  };
}

/** Trains a softmax regression. Returns weights [dimension + 1, classes], row-major; the last row is the bias. */
function trainRegression(
  train: LabeledFeatures,
  dimension: number,
  baseRate: number,
  options: LinearProbeOptions,
): Float32Array {
  const { classes, epochs, seed } = options;
  const count = train.labels.length;
  const batchSize = Math.min(options.batchSize, count);
  const weights = new Float32Array((dimension + 1) * classes);
  const buffer = new Float32Array(weights.length);
  const gradient = new Float32Array(weights.length);
  const random = randomFor(seed, Purpose.probe);
  const stepsPerEpoch = Math.floor(count / batchSize);
  const steps = epochs * stepsPerEpoch;
  let order: Uint32Array = new Uint32Array();
  for (let step = 0; step < steps; step++) {
    if (step % stepsPerEpoch === 0) order = random.permutation(count, step / stepsPerEpoch);
    gradient.fill(0);
    const start = (step % stepsPerEpoch) * batchSize;
    for (let i = start; i < start + batchSize; i++) {
      accumulate(train, order[i] as number, dimension, classes, weights, gradient);
    }
    const rate = ((baseRate * batchSize) / 256) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
    for (let j = 0; j < weights.length; j++) {
      buffer[j] = 0.9 * (buffer[j] as number) + (gradient[j] as number) / batchSize;
      weights[j] = (weights[j] as number) - rate * (buffer[j] as number);
    }
  }
  return weights;
}

/** Adds the cross-entropy gradient of one sample: (softmax(scores) − one-hot) ⊗ [features, 1]. */
function accumulate(
  train: LabeledFeatures,
  sample: number,
  dimension: number,
  classes: number,
  weights: Float32Array,
  gradient: Float32Array,
): void {
  const row = train.features.subarray(sample * dimension, (sample + 1) * dimension);
  const error = scoresOf(weights, row, dimension, classes);
  const top = Math.max(...error);
  let total = 0;
  for (let c = 0; c < classes; c++) {
    error[c] = Math.exp((error[c] as number) - top);
    total += error[c] as number;
  }
  for (let c = 0; c < classes; c++) error[c] = (error[c] as number) / total;
  const label = train.labels[sample] as number;
  error[label] = (error[label] as number) - 1;
  for (let d = 0; d <= dimension; d++) {
    const x = d < dimension ? (row[d] as number) : 1;
    for (let c = 0; c < classes; c++) {
      const j = d * classes + c;
      gradient[j] = (gradient[j] as number) + x * (error[c] as number);
    }
  }
}

function scoresOf(
  weights: Float32Array,
  rows: Float32Array,
  dimension: number,
  classes: number,
): Float32Array {
  const count = rows.length / dimension;
  const scores = new Float32Array(count * classes);
  const bias = weights.subarray(dimension * classes);
  for (let row = 0; row < count; row++) {
    const out = scores.subarray(row * classes, (row + 1) * classes);
    out.set(bias);
    for (let d = 0; d < dimension; d++) {
      const x = rows[row * dimension + d] as number;
      for (let c = 0; c < classes; c++)
        out[c] = (out[c] as number) + x * (weights[d * classes + c] as number);
    }
  }
  return scores;
}
