import * as tf from "@tensorflow/tfjs-core";
import type { NetworkAnswer } from "../../protocol/tried";
import type { ImageSet } from "../dataset/dataset";
import type { Backbone } from "../networks/backbone";
import { encoderCost } from "../networks/encoders";
import { ResidentImages } from "../views/resident-images";
import { topIndices } from "./classification";
import { embedImages } from "./embed";
import type { Classifier, Evaluator } from "./evaluator";
import { nearestOf } from "./knn";

/** Timed passes; the shortest counts. */
const passes = 5;
const neighborsShown = 3;
const bytesPerNumber = 4;

export interface AskedNetwork {
  readonly role: NetworkAnswer["role"];
  readonly backbone: Backbone;
  /** Its own; without it the nearest training images answer. */
  readonly classifier?: Classifier | undefined;
}

/**
 * Asks networks about one image, prepared as held-out images are in evaluations: normalized, and with the running
 * statistics of batch norm. Changes nothing.
 */
export async function answersOf(
  evaluator: Evaluator,
  image: ImageSet,
  networks: readonly AskedNetwork[],
): Promise<readonly NetworkAnswer[]> {
  const images = ResidentImages.upload(image, evaluator.parts.train.normalization);
  const answers: NetworkAnswer[] = [];
  try {
    for (const network of networks) answers.push(await answerOf(evaluator, images, network));
  } finally {
    images.dispose();
  }
  return answers;
}

async function answerOf(
  evaluator: Evaluator,
  images: ResidentImages,
  { role, backbone, classifier }: AskedNetwork,
): Promise<NetworkAnswer> {
  const { classes } = evaluator.parts;
  const { features, logits, imageMs } = await timedOutputs(evaluator, images, backbone, classifier);
  const { parameters } = encoderCost(backbone.encoder, images.set.size);
  const ofClassifier = classifier ? (backbone.encoder.features + 1) * classes : 0;
  const known = { role, imageMs, bytes: bytesPerNumber * (parameters + ofClassifier) };
  try {
    if (logits) return { ...known, by: "classifier", shares: await softmaxOf(logits) };
    return { ...known, by: "neighbors", ...(await nearest(evaluator, backbone, features)) };
  } finally {
    tf.dispose(logits ? [features, logits] : [features]);
  }
}

/** The first pass compiles. The caller owns both outputs: [1, features] and, of a classifier, [1, classes]. */
async function timedOutputs(
  { side }: Evaluator,
  images: ResidentImages,
  backbone: Backbone,
  classifier: Classifier | undefined,
) {
  const outputs = () => {
    const features = embedImages(backbone, images, Int32Array.of(0), 1, side);
    return { features, logits: classifier?.logits(features) };
  };
  let imageMs = Number.POSITIVE_INFINITY;
  let last = outputs();
  for (let pass = 0; pass < passes; pass++) {
    tf.dispose(last.logits ? [last.features, last.logits] : [last.features]);
    const start = performance.now();
    last = outputs();
    await (last.logits ?? last.features).data();
    imageMs = Math.min(imageMs, performance.now() - start);
  }
  return { ...last, imageMs };
}

async function softmaxOf(logits: tf.Tensor2D): Promise<readonly number[]> {
  const shares = tf.tidy(() => tf.softmax(logits));
  const values = await shares.data();
  shares.dispose();
  return Array.from(values);
}

/** The votes of the nearest images of the bank that evaluations during training use, and the nearest of these. */
async function nearest(
  { bank, chunk, knn, parts: { train }, side }: Evaluator,
  backbone: Backbone,
  features: tf.Tensor2D,
): Promise<Pick<NetworkAnswer, "shares" | "neighbors">> {
  const known = embedImages(backbone, train, bank, chunk, side);
  try {
    const labels = Array.from(bank, (index) => train.set.labels[index] as number);
    const { votes } = await nearestOf({ features: known, labels }, features, knn);
    const total = votes.reduce((sum, vote) => sum + vote, 0);
    const similarities = tf.tidy(() => {
      const unit = (rows: tf.Tensor2D) =>
        tf.div(rows, tf.maximum(tf.norm(rows, 2, 1, true), 1e-12)) as tf.Tensor2D;
      return tf.reshape(tf.matMul(unit(features), unit(known), false, true), [-1]);
    });
    const cosines = (await similarities.data()) as Float32Array;
    similarities.dispose();
    return {
      shares: Array.from(votes, (vote) => vote / total),
      neighbors: topIndices(cosines, Math.min(neighborsShown, cosines.length)).map((place) => ({
        index: bank[place] as number,
        cosine: cosines[place] as number,
      })),
    };
  } finally {
    known.dispose();
  }
}
