import * as tf from "@tensorflow/tfjs-core";
import type { Scheme } from "../../protocol/experiment";
import type { ImageSet } from "../dataset/dataset";
import { differenceHashes, hashDistance } from "../dataset/difference-hash";
import { concatenated, subset } from "../dataset/unlabelled";
import { embedImages } from "../evaluation/embed";
import { duplicateBits, selectFromPool } from "../methods/pool-selection";
import { ResidentImages } from "../views/resident-images";
import type { LabeledNetwork } from "./labeled-network";
import type { RunContext } from "./run-context";
import { trainingOf } from "./tasks/trainings";
import type { TrainedTeacher } from "./trained-teacher";

/** What a student learns from beside the labeled images (SSLD, docs/methods.md §1.11). */
export interface PoolChoice {
  /** Indices into the images without labels, ascending. */
  readonly chosen: readonly number[];
  /** Chosen images by the class that the teacher takes them for. */
  readonly byClass: readonly (readonly number[])[];
  /** Images that are dropped, for they are held out as well. */
  readonly duplicates: number;
}

/** @param perClass at most so many images of each class; all that are no duplicates without it */
export async function choosePool(
  { parts, unlabelled, experiment }: RunContext,
  teacher: LabeledNetwork,
  perClass = Number.POSITIVE_INFINITY,
): Promise<PoolChoice> {
  if (!unlabelled) throw new Error("No image's label is withheld.");
  const isDuplicate = duplicatesAmong(unlabelled, [parts.validation.set, parts.test.set]);
  const probabilities = await judge(teacher, unlabelled, parts.train, 2 * experiment.batchSize);
  const { union, byClass } = selectFromPool({ probabilities, duplicates: isDuplicate }, perClass);
  return { chosen: union, byClass, duplicates: isDuplicate.filter(Boolean).length };
}

/** The images that a student learns from whose scheme also takes images without labels. The caller owns them. */
export async function imagesWithPool(
  context: RunContext,
  scheme: Scheme,
  trained: TrainedTeacher | undefined,
): Promise<{ readonly choice: PoolChoice; readonly images: ResidentImages } | undefined> {
  const perClass = trainingOf(scheme).pool(scheme);
  const [teacher] = trained?.kind === "supervised" ? trained.network.members : [];
  if (perClass === undefined || !teacher) return undefined;
  const choice = await choosePool(context, teacher, perClass);
  return { choice, images: withChosen(context, choice) };
}

/** The labeled images, then the chosen ones. The caller owns them. */
export function withChosen({ parts, unlabelled }: RunContext, { chosen }: PoolChoice): ResidentImages {
  if (!unlabelled) throw new Error("No image's label is withheld.");
  const { set, normalization } = parts.train;
  return ResidentImages.upload(concatenated(set, subset(unlabelled, chosen)), normalization);
}

/** Which images of a pool are pictures of these parts. */
export function duplicatesAmong(pool: ImageSet, heldOut: readonly ImageSet[]): boolean[] {
  const own = differenceHashes(pool);
  const others = heldOut.map((set) => ({ count: set.count, hashes: differenceHashes(set) }));
  return Array.from({ length: pool.count }, (_, image) =>
    others.some(({ count, hashes }) => {
      for (let other = 0; other < count; other++) {
        if (hashDistance(own, image, hashes, other) <= duplicateBits) return true;
      }
      return false;
    }),
  );
}

/** The teacher's probabilities, with running statistics: one row of classes per image. */
async function judge(
  teacher: LabeledNetwork,
  set: ImageSet,
  { normalization }: ResidentImages,
  chunk: number,
): Promise<readonly number[][]> {
  const images = ResidentImages.upload(set, normalization);
  const all = Int32Array.from({ length: set.count }, (_, i) => i);
  const probabilities = tf.tidy(() => {
    const features = embedImages(teacher.backbone, images, all, chunk);
    return tf.softmax(teacher.logits(features));
  });
  const rows = await probabilities.array();
  tf.dispose(probabilities);
  images.dispose();
  return rows;
}
