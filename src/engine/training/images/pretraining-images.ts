import type { Arm, Experiment, StartSettings } from "../../../protocol/experiment";
import type { ImageSet } from "../../dataset/dataset";
import { drawDataset } from "../../dataset/drawing/draw-dataset";
import { inChannels } from "../../dataset/pixels/channels";
import type { DatasetParts } from "../../evaluation/evaluator";
import { normalizationOf } from "../../views/normalization";
import { ResidentImages } from "../../views/resident-images";

/** Images for pretraining other than the experiment's own, drawn when training starts, by their difficulty. */
export type PretrainingImages = ReadonlyMap<string, DatasetParts>;

type Source = Exclude<StartSettings["images"], "own">;

/** An offset to the seed, so that these are not the experiment's images; seeds of experiments are usually small. */
const otherSeed = 0x5eed_0000;
const limits = { least: 256, most: 20_000, heldOut: 500 } as const;

/** The number of images to pretrain on: as many as the experiment has, within limits. */
export const sourceImages = (trainingImages: number, batchSize: number): number =>
  Math.max(limits.least, batchSize, Math.min(limits.most, trainingImages));

const sourcesOf = (arms: readonly Arm[]): ReadonlySet<Source> =>
  new Set(
    arms.flatMap(({ start: { from, images } }) =>
      from === "scratch" || from === "file" || images === "own" ? [] : [images],
    ),
  );

/** Draws and uploads the images that arms are pretrained on. The caller owns them. */
export async function drawPretrainingImages(
  { arms, dataset, batchSize }: Pick<Experiment, "arms" | "dataset" | "batchSize">,
  train: ImageSet,
): Promise<PretrainingImages> {
  const images = new Map<string, DatasetParts>();
  for (const difficulty of sourcesOf(arms)) {
    const drawn = await drawDataset("shapes", {
      seed: (otherSeed + dataset.seed) >>> 0,
      size: train.size,
      difficulty,
      train: sourceImages(train.count, batchSize),
      validation: limits.heldOut,
      test: limits.heldOut,
    });
    const parts = [drawn.train, drawn.validation, drawn.test].map((set) => inChannels(set, train.channels));
    const [first, validation, test] = parts as [ImageSet, ImageSet, ImageSet];
    const normalization = normalizationOf(first);
    images.set(difficulty, {
      train: ResidentImages.upload(first, normalization),
      validation: ResidentImages.upload(validation, normalization),
      test: ResidentImages.upload(test, normalization),
      classes: drawn.classNames.length,
    });
  }
  return images;
}

export function disposeImages(parts: DatasetParts): void {
  for (const part of [parts.train, parts.validation, parts.test]) part.dispose();
}
