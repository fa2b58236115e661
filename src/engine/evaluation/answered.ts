import * as tf from "@tensorflow/tfjs-core";
import type { ResidentImages } from "../views/resident-images";
import { knnAccuracy, topIndices, topKAccuracy } from "./classification";
import { embeddingSpread } from "./collapse";
import type { Evaluator, LiveEvaluation } from "./evaluator";
import { nearestOf } from "./knn";
import { fitRidgeOn, ridgeScores } from "./ridge";

/**
 * Evaluates what is no network of this engine, on the images and by the choices of {@link Evaluator.live}.
 *
 * @param embed features of images, [indices, dimension]
 */
export async function evaluateAnswers(
  { parts, bank: chosen, held, queries: asked, knn }: Evaluator,
  embed: (images: ResidentImages, indices: Int32Array) => Promise<Float32Array>,
): Promise<LiveEvaluation> {
  const { train, classes } = parts;
  const at = ({ set }: ResidentImages, indices: Int32Array) =>
    Int32Array.from(indices, (image) => set.labels[image] as number);
  const [known, labels] = [at(train, chosen), at(held, asked)];
  const ofBank = await embed(train, chosen);
  const ofQueries = await embed(held, asked);
  const dimension = ofBank.length / chosen.length;
  const [bank, queries] = [
    tf.tensor2d(ofBank, [chosen.length, dimension]),
    tf.tensor2d(ofQueries, [asked.length, dimension]),
  ];
  const { votes } = await nearestOf({ features: bank, labels: known }, queries, knn);
  const ridge = await fitRidgeOn(bank, known, classes);
  tf.dispose([bank, queries]);
  const predictions = Array.from(
    labels,
    (_, row) => topIndices(votes.subarray(row * classes, (row + 1) * classes), 1)[0] as number,
  );
  return {
    ...knnAccuracy(votes, labels),
    probeTop1: topKAccuracy(ridgeScores(ridge, ofQueries), labels, 1),
    spread: embeddingSpread(ofQueries, dimension),
    predictions,
  };
}
