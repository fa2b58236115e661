import type { Arm, Experiment, StartSettings } from "../../protocol/experiment";
import type { ImageSet } from "../dataset/dataset";
import { drawShapes } from "../dataset/shapes";
import type { DatasetParts } from "../evaluation/evaluator";
import { normalizationOf } from "../views/normalization";
import { ResidentImages } from "../views/resident-images";

/** Images that a training needs beside the experiment's own, drawn when it begins. */
export type FurtherImages = ReadonlyMap<string, DatasetParts>;

type Source = Exclude<StartSettings["images"], "own">;

/** So that they are no images of the experiment, whose seeds are small numbers as a rule. */
const otherSeed = 0x5eed_0000;
const limits = { least: 256, most: 20_000, heldOut: 500 } as const;

/** How many images there are to pretrain on: as many as the experiment has, within limits. */
export const sourceImages = (trainingImages: number, batchSize: number): number =>
  Math.max(limits.least, batchSize, Math.min(limits.most, trainingImages));

const sourcesOf = (arms: readonly Arm[]): ReadonlySet<Source> =>
  new Set(
    arms.flatMap(({ start: { from, images } }) =>
      from === "scratch" || from === "file" || images === "own" ? [] : [images],
    ),
  );

/** The caller owns what is uploaded. */
export async function drawFurtherImages(
  { arms, dataset, batchSize }: Pick<Experiment, "arms" | "dataset" | "batchSize">,
  train: ImageSet,
): Promise<FurtherImages> {
  const further = new Map<string, DatasetParts>();
  for (const difficulty of sourcesOf(arms)) {
    const drawn = await drawShapes({
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
    further.set(difficulty, {
      train: ResidentImages.upload(first, normalization),
      validation: ResidentImages.upload(validation, normalization),
      test: ResidentImages.upload(test, normalization),
      classes: drawn.classNames.length,
    });
  }
  return further;
}

export function disposeImages(parts: DatasetParts): void {
  for (const part of [parts.train, parts.validation, parts.test]) part.dispose();
}

/** Gray as the luma of ITU-R BT.601, where networks take one channel. */
function inChannels(set: ImageSet, channels: 1 | 3): ImageSet {
  if (set.channels === channels) return set;
  const { pixels } = set;
  const gray = Uint8Array.from({ length: pixels.length / 3 }, (_, i) => {
    const [red, green, blue] = pixels.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number];
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  });
  return { ...set, channels: 1, pixels: gray };
}
