import type { Experiment } from "../../../protocol/experiment";
import type { ImageSet } from "../../dataset/dataset";
import { drawForeignImages, type ForeignKind } from "../../dataset/foreign-images";
import { ResidentImages } from "../../views/resident-images";
import { trainingOf } from "../tasks/trainings";

type Drawn = ReadonlyMap<ForeignKind, ImageSet>;

/** Draws the out-of-domain images that arms use, as many as there are training images and of the same shape. */
export async function drawForeign(
  { arms, dataset }: Experiment,
  train: Pick<ImageSet, "size" | "channels" | "count">,
): Promise<Drawn> {
  const { size, channels, count } = train;
  const kinds = new Set(arms.map(({ scheme }) => trainingOf(scheme).images(scheme)));
  const drawn = new Map<ForeignKind, ImageSet>();
  for (const kind of kinds) {
    if (kind === "own") continue;
    drawn.set(kind, await drawForeignImages({ kind, seed: dataset.seed, size, channels, count }));
  }
  return drawn;
}

/**
 * Uploads out-of-domain images with the normalization of the training images, which the teacher expects. The caller
 * owns them.
 */
export function uploadForeign(drawn: Drawn, { normalization }: ResidentImages) {
  const upload = ([kind, set]: [ForeignKind, ImageSet]) =>
    [kind, ResidentImages.upload(set, normalization)] as const;
  return new Map([...drawn].map(upload));
}
