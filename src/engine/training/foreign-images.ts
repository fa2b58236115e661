import type { Experiment } from "../../protocol/experiment";
import type { ImageSet } from "../dataset/dataset";
import { drawForeignImages, type ForeignKind } from "../dataset/foreign-images";
import { ResidentImages } from "../views/resident-images";
import { trainingOf } from "./tasks/trainings";

type Drawn = ReadonlyMap<ForeignKind, ImageSet>;

/** Images of other domains that arms ask for, of the shape and number of the training images. */
export async function drawForeign({ arms, dataset }: Experiment, train: ImageSet): Promise<Drawn> {
  const { size, channels, count } = train;
  const kinds = new Set(arms.map(({ scheme }) => trainingOf(scheme).images(scheme)));
  const drawn = new Map<ForeignKind, ImageSet>();
  for (const kind of kinds) {
    if (kind === "own") continue;
    drawn.set(kind, await drawForeignImages({ kind, seed: dataset.seed, size, channels, count }));
  }
  return drawn;
}

/** Normalized as the training images are: the teacher knows no other way. The caller owns them. */
export function uploadForeign(drawn: Drawn, { normalization }: ResidentImages) {
  const upload = ([kind, set]: [ForeignKind, ImageSet]) =>
    [kind, ResidentImages.upload(set, normalization)] as const;
  return new Map([...drawn].map(upload));
}
