import * as tf from "@tensorflow/tfjs-core";
import type { Scheme } from "../../../protocol/experiment";
import type { ImageSet } from "../../dataset/dataset";
import { differenceHashes, hashDistance } from "../../dataset/identity/difference-hash";
import { concatenated, subset } from "../../dataset/unlabeled";
import { embedImages } from "../../evaluation/embed";
import { duplicateBits, selectFromPool } from "../../methods/pool-selection";
import { ResidentImages } from "../../views/resident-images";
import type { LabeledNetwork } from "../learners/labeled-network";
import type { TrainedTeacher } from "../learners/trained-teacher";
import type { RunContext } from "../run-context";
import { trainingOf } from "../tasks/trainings";

/** The unlabeled images that a student learns from, in addition to the labeled ones (SSLD, docs/methods.md §1.11). */
export interface PoolChoice {
  /** Indices into the unlabeled images, ascending. */
  readonly chosen: readonly number[];
  /** Chosen images by the class that the teacher predicts. */
  readonly byClass: readonly (readonly number[])[];
  /** The number of images dropped as duplicates of held-out ones. */
  readonly duplicates: number;
}

/**
 * Chooses unlabeled images by a teacher's predictions.
 *
 * @param perClass the largest number of images of each class; by default all that are not duplicates
 */
export async function choosePool(
  { parts, unlabeled, experiment }: RunContext,
  teacher: LabeledNetwork,
  perClass = Number.POSITIVE_INFINITY,
): Promise<PoolChoice> {
  if (!unlabeled) throw new Error("The experiment has no unlabeled images.");
  const isDuplicate = duplicatesAmong(unlabeled, [parts.validation.set, parts.test.set]);
  const probabilities = await classify(teacher, unlabeled, parts.train, 2 * experiment.batchSize);
  const { union, byClass } = selectFromPool({ probabilities, duplicates: isDuplicate }, perClass);
  return { chosen: union, byClass, duplicates: isDuplicate.filter(Boolean).length };
}

/**
 * Chooses and uploads the images for a student whose scheme also uses unlabeled images; undefined for other schemes.
 * The caller owns them.
 */
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

/** Uploads the labeled images followed by the chosen ones. The caller owns them. */
export function withChosen({ parts, unlabeled }: RunContext, { chosen }: PoolChoice): ResidentImages {
  if (!unlabeled) throw new Error("The experiment has no unlabeled images.");
  const { set, normalization } = parts.train;
  return ResidentImages.upload(concatenated(set, subset(unlabeled, chosen)), normalization);
}

/** Finds the images of a pool that duplicate held-out ones. */
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

/** The teacher's class probabilities with running statistics: one row per image. */
async function classify(
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
