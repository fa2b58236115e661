import * as tf from "@tensorflow/tfjs-core";
import type { EvaluationSettings } from "../../protocol/experiment";
import type { Accuracy, FinalEvaluation, Floors, Inspection } from "../../protocol/messages";
import { Purpose, randomFor } from "../math/random";
import type { Backbone } from "../networks/backbone";
import type { ResidentImages } from "../views/resident-images";
import {
  balancedAccuracy,
  fewestClassesForTopFive,
  hasUnequalClasses,
  majorityOf,
  topIndices,
  topKAccuracy,
} from "./classification";
import { embeddingSpread } from "./collapse";
import type { MemberCheck } from "./crash";
import { calibrate, embedImages, flattenImages } from "./embed";
import { inspect, inspectedOf, inspectPicked } from "./inspection";
import { type KnnOptions, knnVotesOf } from "./knn";
import { linearProbe, linearProbeDefaults } from "./linear-probe";

/** The largest numbers of images in an evaluation during training; the final evaluation uses all held-out images. */
const liveLimits = { bank: 2_000, queries: 1_000 } as const;
/** The largest number of training images for the final linear evaluation. */
const linearLimit = 10_000;
const calibrationImages = 512;

/** The parts of a dataset that evaluations use. */
export interface DatasetParts {
  readonly train: ResidentImages;
  readonly validation: ResidentImages;
  readonly test: ResidentImages;
  readonly classes: number;
}

/** A linear classifier that is trained alongside the encoder. [rows, features] → [rows, classes] */
export interface Classifier {
  logits(features: tf.Tensor2D): tf.Tensor2D;
}

/** Balanced accuracies are only given where the classes are unequal. */
export interface LiveEvaluation extends Accuracy {
  readonly probeTop5?: number;
  /** Accuracy of the network's own classifier. */
  readonly top1?: number;
  readonly spread: number;
  /** The class that kNN predicts for each queried image. */
  readonly predictions: readonly number[];
}

/** Evaluates encoders on held-out images. All its random choices come from the seed. */
export class Evaluator {
  private readonly bank: Int32Array;
  private readonly queries: Int32Array;
  private readonly knn: KnnOptions;
  private readonly isUnequal: boolean;
  private measuredPixels: Promise<Accuracy> | undefined;

  constructor(
    private readonly parts: DatasetParts,
    settings: EvaluationSettings,
    private readonly seed: number,
    /** Images per forward pass, preferably as many as a training step stacks. */
    private readonly chunk: number,
    /** Pixels per side that images are resized to; by default they keep their size. */
    private readonly side?: number,
  ) {
    this.bank = this.choose(parts.train, liveLimits.bank);
    this.queries = this.choose(parts.test, liveLimits.queries);
    this.isUnequal = hasUnequalClasses(parts.test.set.labels);
    this.knn = {
      neighbors: settings.knnNeighbours,
      temperature: settings.knnTemperature,
      classes: parts.classes,
    };
  }

  /**
   * Evaluates kNN, the online probe, the network's own classifier if there are any, and the spread of the
   * projections.
   */
  async live(backbone: Backbone, probe?: Classifier, classifier?: Classifier): Promise<LiveEvaluation> {
    const { test, classes } = this.parts;
    const queries = this.embed(backbone, test, this.queries);
    const { knnTop1, knnBalanced, predictions } = await this.nearest(backbone, queries);
    const labels = labelsAt(test, this.queries);
    const scores = probe ? await read(() => probe.logits(queries)) : undefined;
    const own = classifier ? await read(() => classifier.logits(queries)) : undefined;
    const projections = await read(() => {
      const some = tf.slice(queries, [0, 0], [Math.min(this.chunk, this.queries.length), -1]);
      return backbone.project(some, { kind: "evaluate" });
    });
    queries.dispose();
    return {
      knnTop1,
      predictions,
      ...(scores ? { probeTop1: topKAccuracy(scores, labels, 1) } : {}),
      ...(this.isUnequal ? { knnBalanced } : {}),
      ...(this.isUnequal && scores ? { probeBalanced: balancedAccuracy(scores, labels) } : {}),
      ...(scores && classes >= fewestClassesForTopFive ? { probeTop5: topKAccuracy(scores, labels, 5) } : {}),
      ...(own ? { top1: topKAccuracy(own, labels, 1) } : {}),
      spread: embeddingSpread(projections, backbone.dimension),
    };
  }

  /** Evaluates a network's own classifier on validation images, which alone may influence training. */
  async check(backbone: Backbone, classifier: Classifier): Promise<MemberCheck> {
    const { validation, classes } = this.parts;
    const { count, labels } = validation.set;
    const features = this.embed(
      backbone,
      validation,
      Int32Array.from({ length: count }, (_, i) => i),
    );
    const scores = await read(() => classifier.logits(features));
    features.dispose();
    if (!scores.every(Number.isFinite)) return { accuracy: Number.NaN };
    const counts = new Array<number>(classes).fill(0);
    for (let row = 0; row < count; row++) {
      const [label = 0] = topIndices(scores.subarray(row * classes, (row + 1) * classes), 1);
      counts[label] = (counts[label] ?? 0) + 1;
    }
    return { accuracy: topKAccuracy(scores, labels, 1), largestShare: Math.max(...counts) / count };
  }

  /** Baselines without training, on the images of evaluations during training. */
  floors(untrained: Backbone): Promise<Floors> {
    return this.floorsBy(untrained, (backbone) => this.accuracy(backbone));
  }

  /** Baselines as in {@link final}: on all held-out images, with linear evaluation. */
  finalFloors(untrained: Backbone): Promise<Floors> {
    return this.floorsBy(untrained, async (backbone) => {
      const { knnTop1, linearTop1, inspection, ...balanced } = await this.final(backbone);
      return {
        knnTop1,
        probeTop1: linearTop1,
        ...(balanced.knnBalanced !== undefined && { knnBalanced: balanced.knnBalanced }),
        ...(balanced.linearBalanced !== undefined && { probeBalanced: balanced.linearBalanced }),
        ...(inspection && { inspection }),
      };
    });
  }

  /** Measures baselines with `measure`. Does not change `untrained`. */
  private async floorsBy(
    untrained: Backbone,
    measure: (backbone: Backbone) => Promise<Accuracy & { readonly inspection?: Inspection }>,
  ): Promise<Floors> {
    const calibrated = untrained.copy();
    const batch = Math.min(this.chunk, this.bank.length);
    const batches = Math.max(1, Math.floor(Math.min(calibrationImages, this.bank.length) / batch));
    calibrate(calibrated, this.parts.train, this.bank, { batch, batches });
    const { inspection: _, ...raw } = await measure(untrained);
    const { inspection, ...fitted } = await measure(calibrated);
    calibrated.dispose();
    return {
      pixels: await this.pixels,
      untrained: raw,
      calibrated: fitted,
      majority: majorityOf(this.parts.train.set.labels, this.parts.test.set.labels),
      ...(inspection && { inspection }),
    };
  }

  /** The kNN accuracy on raw pixels, which no network changes, so it is measured once. */
  private get pixels(): Promise<Accuracy> {
    this.measuredPixels ??= this.measurePixels();
    return this.measuredPixels;
  }

  private async measurePixels(): Promise<Accuracy> {
    const { train, test } = this.parts;
    const [bank, queries] = [flattenImages(train, this.bank), flattenImages(test, this.queries)];
    const votes = await knnVotesOf({ features: bank, labels: labelsAt(train, this.bank) }, queries, this.knn);
    tf.dispose([bank, queries]);
    return knnAccuracy(votes, labelsAt(test, this.queries));
  }

  /**
   * The final evaluation, on all held-out images: kNN, and linear evaluation at the learning rate that is best on
   * validation images.
   */
  async final(backbone: Backbone): Promise<Omit<FinalEvaluation, "teacher">> {
    const { train, validation, test, classes } = this.parts;
    const chosen = this.choose(train, linearLimit);
    const all = (images: ResidentImages) => Int32Array.from({ length: images.set.count }, (_, i) => i);
    const [bank, queries] = [this.embed(backbone, train, chosen), this.embed(backbone, test, all(test))];
    const labels = labelsAt(train, chosen);
    const votes = await knnVotesOf({ features: bank, labels }, queries, this.knn);
    const held = this.embed(backbone, validation, all(validation));
    const features = await Promise.all([bank, held, queries].map((x) => x.data() as Promise<Float32Array>));
    tf.dispose([bank, queries, held]);
    const [ofTrain, ofValidation, ofTest] = features as [Float32Array, Float32Array, Float32Array];
    const linear = linearProbe(
      {
        train: { features: ofTrain, labels },
        validation: { features: ofValidation, labels: validation.set.labels },
        test: { features: ofTest, labels: test.set.labels },
      },
      { ...linearProbeDefaults, classes, seed: this.seed },
    );
    return {
      ...knnAccuracy(votes, test.set.labels),
      linearTop1: linear.testTop1,
      linearBalanced: balancedAccuracy(linear.testScores, test.set.labels),
      ...(classes >= fewestClassesForTopFive
        ? { linearTop5: topKAccuracy(linear.testScores, test.set.labels, 5) }
        : {}),
      linearLearningRate: linear.learningRate,
      linearSweep: linear.sweep,
      inspection: inspect({
        bank: { features: ofTrain, indices: chosen },
        test: { features: ofTest, labels: test.set.labels },
        votes,
        classes,
      }),
    };
  }

  /** Inspects an encoder during training, against the training images of evaluations during training. */
  async inspect(backbone: Backbone): Promise<Inspection> {
    const { train, test } = this.parts;
    const images = inspectedOf(test.set.count);
    const bank = this.embed(backbone, train, this.bank);
    const queries = this.embed(backbone, test, Int32Array.from(images));
    const known = { features: bank, labels: labelsAt(train, this.bank) };
    const votes = await knnVotesOf(known, queries, this.knn);
    const [ofBank, features] = await Promise.all([bank.data(), queries.data()]);
    tf.dispose([bank, queries]);
    return inspectPicked({
      bank: { features: ofBank as Float32Array, indices: this.bank },
      images,
      labels: images.map((image) => test.set.labels[image] as number),
      features: features as Float32Array,
      votes,
    });
  }

  private embed(backbone: Backbone, images: ResidentImages, indices: Int32Array): tf.Tensor2D {
    return embedImages(backbone, images, indices, this.chunk, this.side);
  }

  private async accuracy(backbone: Backbone): Promise<Accuracy> {
    const queries = this.embed(backbone, this.parts.test, this.queries);
    const { predictions: _, ...accuracy } = await this.nearest(backbone, queries);
    queries.dispose();
    return accuracy;
  }

  private async nearest(backbone: Backbone, queries: tf.Tensor2D) {
    const { train, test, classes } = this.parts;
    const bank = this.embed(backbone, train, this.bank);
    const votes = await knnVotesOf({ features: bank, labels: labelsAt(train, this.bank) }, queries, this.knn);
    bank.dispose();
    const predictions = Array.from(
      this.queries,
      (_, row) => topIndices(votes.subarray(row * classes, (row + 1) * classes), 1)[0] as number,
    );
    return { ...knnAccuracy(votes, labelsAt(test, this.queries)), predictions };
  }

  /** Chooses the same images for every encoder of this seed. */
  private choose(images: ResidentImages, limit: number): Int32Array {
    const { count } = images.set;
    const order = randomFor(this.seed, Purpose.sample).permutation(count, 1);
    return Int32Array.from(order.subarray(0, Math.min(limit, count)));
  }
}

/** The share of images for which two encoders predict the same class. */
export function agreementOf(a: readonly number[], b: readonly number[]): number {
  return a.filter((label, i) => label === b[i]).length / a.length;
}

const knnAccuracy = (votes: Float32Array, labels: Int32Array) => ({
  knnTop1: topKAccuracy(votes, labels, 1),
  knnBalanced: balancedAccuracy(votes, labels),
});

const labelsAt = ({ set }: ResidentImages, indices: Int32Array): Int32Array =>
  indices.map((index) => set.labels[index] as number);

async function read(compute: () => tf.Tensor): Promise<Float32Array> {
  const result = tf.tidy(compute);
  const values = await result.data();
  result.dispose();
  return values as Float32Array;
}
