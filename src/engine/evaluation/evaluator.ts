import * as tf from "@tensorflow/tfjs-core";
import type { EvaluationSettings } from "../../protocol/experiment";
import type { Accuracy, FinalEvaluation, FloorAccuracies, Inspection } from "../../protocol/messages";
import { Purpose, randomFor } from "../math/random";
import type { Backbone } from "../networks/backbone";
import type { ResidentImages } from "../views/resident-images";
import {
  balancedAccuracy,
  fewestClassesForTopFive,
  hasUnequalClasses,
  knnAccuracy,
  majorityOf,
  topIndices,
  topKAccuracy,
} from "./classification";
import { embeddingSpread } from "./collapse";
import type { CheckedMember } from "./crash";
import { calibrate, embedImages, flattenImages } from "./embed";
import { inspect, inspectedOf, inspectPicked } from "./inspection";
import { type KnnOptions, type LabeledFeatures, nearestOf } from "./knn";
import { linearProbe, linearProbeDefaults } from "./linear-probe";
import { asClassifier, finalRidges, fitRidgeOn, type RidgeClassifier, ridgeScores } from "./ridge";

/** The training images among those of an evaluation during training: two thirds. The final one uses all test images. */
export const bankOf = ({ images }: Pick<EvaluationSettings, "images">) => Math.round((2 / 3) * images);
/** The largest number of training images in the final evaluation. */
export const finalLimit = 10_000;
const calibrationImages = 512;

/** The parts of a dataset that evaluations use. */
export interface DatasetParts {
  readonly train: ResidentImages;
  readonly validation: ResidentImages;
  readonly test: ResidentImages;
  readonly classes: number;
}

/** A classifier on an encoder's features. [rows, features] → [rows, classes] */
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

/** An encoder as it starts, and a copy of it whose batch norm has the statistics of training images. */
export interface UntrainedEncoders {
  readonly untrained: Backbone;
  readonly calibrated: Backbone;
}

/** Evaluates encoders on held-out images. All its random choices come from the seed. */
export class Evaluator {
  readonly bank: Int32Array;
  /** The images that evaluations during training are measured on, and those chosen among them. */
  readonly held: ResidentImages;
  readonly queries: Int32Array;
  readonly knn: KnnOptions;
  private readonly isUnequal: boolean;

  constructor(
    readonly parts: DatasetParts,
    private readonly settings: EvaluationSettings,
    readonly seed: number,
    /** Images per forward pass, preferably as many as a training step stacks. */
    readonly chunk: number,
    /** Pixels per side that images are resized to; by default they keep their size. */
    readonly side?: number,
  ) {
    if (side !== undefined)
      for (const part of [parts.train, parts.validation, parts.test]) part.prepare(side);
    const bankSize = bankOf(settings);
    this.bank = this.choose(parts.train, bankSize);
    this.held = parts[settings.part];
    this.queries = this.choose(this.held, settings.images - bankSize);
    this.isUnequal = hasUnequalClasses(this.held.set.labels);
    this.knn = {
      neighbors: settings.knnNeighbours,
      temperature: settings.knnTemperature,
      classes: parts.classes,
    };
  }

  /**
   * Evaluates kNN, a linear classifier, the network's own classifier if it has one, and the spread of the projections.
   *
   * @param probe a linear classifier trained alongside; where the experiment has none, one is fitted
   */
  async live(backbone: Backbone, probe?: Classifier, classifier?: Classifier): Promise<LiveEvaluation> {
    const { held, queries: chosen, settings } = this;
    const { classes } = this.parts;
    const queries = this.embed(backbone, held, chosen);
    const bank = this.embed(backbone, this.parts.train, this.bank);
    const { knnTop1, knnBalanced, predictions } = await this.nearest(bank, queries);
    const labels = labelsAt(held, chosen);
    const fitted = settings.probe === "ridge" ? await this.ridgeScores(bank, queries) : undefined;
    const scores = fitted ?? (probe ? await read(() => probe.logits(queries)) : undefined);
    const own = classifier ? await read(() => classifier.logits(queries)) : undefined;
    const projections = await read(() => {
      const some = tf.slice(queries, [0, 0], [Math.min(this.chunk, chosen.length), -1]);
      return backbone.project(some, { kind: "evaluate" });
    });
    tf.dispose([queries, bank]);
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

  /** A linear classifier of the encoder's features as they are now, fitted like those of {@link live}. */
  async fitted(backbone: Backbone): Promise<Classifier> {
    return asClassifier(await this.ridge(backbone));
  }

  /** That of the final evaluation if there was one, otherwise one fitted like those of {@link live}. */
  async ridge(backbone: Backbone): Promise<RidgeClassifier> {
    const known = finalRidges.get(backbone);
    if (known) return known;
    const { train, classes } = this.parts;
    const bank = this.embed(backbone, train, this.bank);
    const ridge = await fitRidgeOn(bank, labelsAt(train, this.bank), classes);
    bank.dispose();
    return ridge;
  }

  /** The share of validation images that several networks together get right: by the mean of their class probabilities. */
  together(members: readonly CheckedMember[]): number {
    const { labels } = this.parts.validation.set;
    const sums = (members[0] as CheckedMember).shares.map((_, at) =>
      members.reduce((sum, { shares }) => sum + (shares[at] as number), 0),
    );
    return sums.every(Number.isFinite) ? topKAccuracy(sums, labels, 1) : Number.NaN;
  }

  /** Evaluates a network's own classifier on validation images, which alone may influence training. */
  async check(backbone: Backbone, classifier: Classifier): Promise<CheckedMember> {
    const { validation, classes } = this.parts;
    const { count, labels } = validation.set;
    const features = this.embed(backbone, validation, everyOne(validation));
    const shares = await read(() => tf.softmax(classifier.logits(features)));
    features.dispose();
    if (!shares.every(Number.isFinite)) return { accuracy: Number.NaN, shares };
    const counts = new Array<number>(classes).fill(0);
    for (let row = 0; row < count; row++) {
      const [label = 0] = topIndices(shares.subarray(row * classes, (row + 1) * classes), 1);
      counts[label] = (counts[label] ?? 0) + 1;
    }
    return { accuracy: topKAccuracy(shares, labels, 1), largestShare: Math.max(...counts) / count, shares };
  }

  /** Baselines without training, measured as evaluations during training are. */
  async floors(encoders: UntrainedEncoders): Promise<FloorAccuracies> {
    const untrained = await this.accuracy(encoders.untrained);
    const calibrated = await this.accuracy(encoders.calibrated);
    const pixels = await this.pixels(this.bank, this.held, this.queries);
    const majority = majorityOf(this.parts.train.set.labels, labelsAt(this.held, this.queries));
    return { pixels, untrained, calibrated, majority };
  }

  /** Baselines measured as {@link final} does, the calibrated encoder with its inspection. */
  async finalFloors(
    encoders: UntrainedEncoders,
  ): Promise<{ final: FloorAccuracies; inspection?: Inspection }> {
    const { train, test } = this.parts;
    const before = await this.final(encoders.untrained);
    const after = await this.final(encoders.calibrated);
    const accuracyOf = ({ knnTop1, knnBalanced, linearTop1, linearBalanced }: FinalEvaluation): Accuracy => ({
      knnTop1,
      probeTop1: linearTop1,
      ...(knnBalanced !== undefined && { knnBalanced }),
      ...(linearBalanced !== undefined && { probeBalanced: linearBalanced }),
    });
    const pixels = await this.pixels(this.choose(train, finalLimit), test, everyOne(test));
    const majority = majorityOf(train.set.labels, test.set.labels);
    const final = { pixels, untrained: accuracyOf(before), calibrated: accuracyOf(after), majority };
    return { final, ...(after.inspection && { inspection: after.inspection }) };
  }

  /** A copy of an untrained encoder with calibrated batch norm. The caller owns it. */
  calibrated(untrained: Backbone): Backbone {
    const copy = untrained.copy();
    const batch = Math.min(this.chunk, this.bank.length);
    const batches = Math.max(1, Math.floor(Math.min(calibrationImages, this.bank.length) / batch));
    calibrate(copy, this.parts.train, this.bank, { batch, batches });
    return copy;
  }

  /** The kNN accuracy on raw pixels, which no network changes: measured once for all runs with the same images. */
  private pixels(bank: Int32Array, held: ResidentImages, queries: Int32Array): Promise<Accuracy> {
    const { train } = this.parts;
    const known = pixelAccuracies.get(held) ?? new Map<string, Promise<Accuracy>>();
    pixelAccuracies.set(held, known);
    const isWhole = bank.length === train.set.count && queries.length === held.set.count;
    const key = JSON.stringify([isWhole ? "all" : this.seed, bank.length, queries.length, this.knn]);
    const measured = known.get(key) ?? this.measurePixels(bank, held, queries);
    known.set(key, measured);
    return measured;
  }

  private async measurePixels(
    chosen: Int32Array,
    held: ResidentImages,
    asked: Int32Array,
  ): Promise<Accuracy> {
    const { train } = this.parts;
    const [bank, queries] = [flattenImages(train, chosen), flattenImages(held, asked)];
    const labels = labelsAt(train, chosen);
    const { votes } = await nearestOf({ features: bank, labels }, queries, this.knn);
    tf.dispose([bank, queries]);
    return knnAccuracy(votes, labelsAt(held, asked));
  }

  /**
   * The final evaluation, on all test images: kNN, linear evaluation, and the network's own classifier if it has one.
   */
  async final(
    backbone: Backbone,
    classifier?: Classifier,
  ): Promise<Omit<FinalEvaluation, "teacher" | "best">> {
    const { train, test, classes } = this.parts;
    const chosen = this.choose(train, finalLimit);
    const [bank, queries] = [this.embed(backbone, train, chosen), this.embed(backbone, test, everyOne(test))];
    const labels = labelsAt(train, chosen);
    const nearest = await nearestOf({ features: bank, labels }, queries, this.knn);
    const own = classifier ? await read(() => classifier.logits(queries)) : undefined;
    const ofTest = (await queries.data()) as Float32Array;
    const linear =
      this.settings.probe === "ridge"
        ? { scores: await this.ridgeScores(bank, queries, labels, backbone) }
        : await this.swept(backbone, { features: (await bank.data()) as Float32Array, labels }, ofTest);
    tf.dispose([bank, queries]);
    return {
      ...knnAccuracy(nearest.votes, test.set.labels),
      linearTop1: topKAccuracy(linear.scores, test.set.labels, 1),
      linearBalanced: balancedAccuracy(linear.scores, test.set.labels),
      ...(classes >= fewestClassesForTopFive
        ? { linearTop5: topKAccuracy(linear.scores, test.set.labels, 5) }
        : {}),
      ...("sweep" in linear ? { linearLearningRate: linear.rate, linearSweep: linear.sweep } : {}),
      ...(own ? { top1: topKAccuracy(own, test.set.labels, 1) } : {}),
      inspection: inspect({
        bank: chosen,
        test: { features: ofTest, labels: test.set.labels },
        nearest,
      }),
    };
  }

  /** Scores of the test images by SGD, at the rate that is best on validation images. */
  private async swept(backbone: Backbone, train: LabeledFeatures, ofTest: Float32Array) {
    const { validation, test, classes } = this.parts;
    const held = this.embed(backbone, validation, everyOne(validation));
    const ofValidation = (await held.data()) as Float32Array;
    held.dispose();
    const parts = {
      train,
      validation: { features: ofValidation, labels: validation.set.labels },
      test: { features: ofTest, labels: test.set.labels },
    };
    const { testScores, learningRate, sweep } = linearProbe(parts, {
      ...linearProbeDefaults,
      classes,
      seed: this.seed,
    });
    return { scores: testScores, rate: learningRate, sweep };
  }

  /** Inspects an encoder during training, on the images of evaluations during training. */
  async inspect(backbone: Backbone): Promise<Inspection> {
    const { held } = this;
    const { train } = this.parts;
    const images = inspectedOf(held.set.count);
    const bank = this.embed(backbone, train, this.bank);
    const queries = this.embed(backbone, held, Int32Array.from(images));
    const known = { features: bank, labels: labelsAt(train, this.bank) };
    const nearest = await nearestOf(known, queries, this.knn);
    const features = await queries.data();
    tf.dispose([bank, queries]);
    return inspectPicked({
      bank: this.bank,
      images,
      labels: images.map((image) => held.set.labels[image] as number),
      features: features as Float32Array,
      nearest,
    });
  }

  private embed(backbone: Backbone, images: ResidentImages, indices: Int32Array): tf.Tensor2D {
    return embedImages(backbone, images, indices, this.chunk, this.side);
  }

  private async accuracy(backbone: Backbone): Promise<Accuracy> {
    const { held, settings } = this;
    const queries = this.embed(backbone, held, this.queries);
    const bank = this.embed(backbone, this.parts.train, this.bank);
    const { predictions: _, ...nearest } = await this.nearest(bank, queries);
    const scores = settings.probe === "ridge" ? await this.ridgeScores(bank, queries) : undefined;
    tf.dispose([queries, bank]);
    if (!scores) return nearest;
    const labels = labelsAt(held, this.queries);
    const [probeTop1, probeBalanced] = [topKAccuracy(scores, labels, 1), balancedAccuracy(scores, labels)];
    return { ...nearest, probeTop1, probeBalanced };
  }

  /** Scores of a linear classifier fitted to features of training images, by default those of {@link live}. */
  private async ridgeScores(
    bank: tf.Tensor2D,
    queries: tf.Tensor2D,
    labels: ArrayLike<number> = labelsAt(this.parts.train, this.bank),
    finished?: Backbone,
  ): Promise<Float32Array> {
    const ridge = await fitRidgeOn(bank, labels, this.parts.classes);
    if (finished) finalRidges.set(finished, ridge);
    return ridgeScores(ridge, (await queries.data()) as Float32Array);
  }

  private async nearest(bank: tf.Tensor2D, queries: tf.Tensor2D) {
    const { train, classes } = this.parts;
    const labels = labelsAt(train, this.bank);
    const { votes } = await nearestOf({ features: bank, labels }, queries, this.knn);
    const predictions = Array.from(
      this.queries,
      (_, row) => topIndices(votes.subarray(row * classes, (row + 1) * classes), 1)[0] as number,
    );
    return { ...knnAccuracy(votes, labelsAt(this.held, this.queries)), predictions };
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

/** Known accuracies of raw pixels by the images they were measured on. */
const pixelAccuracies = new WeakMap<ResidentImages, Map<string, Promise<Accuracy>>>();

const everyOne = ({ set }: ResidentImages) => Int32Array.from({ length: set.count }, (_, i) => i);

const labelsAt = ({ set }: ResidentImages, indices: Int32Array): Int32Array =>
  indices.map((index) => set.labels[index] as number);

async function read(compute: () => tf.Tensor): Promise<Float32Array> {
  const result = tf.tidy(compute);
  const values = await result.data();
  result.dispose();
  return values as Float32Array;
}
