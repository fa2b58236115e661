/** What the names of folders say: parts of a dataset, images in general, or what is drawn over images. */
import type { DatasetPart } from "../../../protocol/dataset";

const parts: Readonly<Record<string, DatasetPart>> = {
  train: "train",
  training: "train",
  trn: "train",
  val: "validation",
  valid: "validation",
  validation: "validation",
  validate: "validation",
  dev: "validation",
  eval: "validation",
  evaluation: "validation",
  test: "test",
  testing: "test",
  tst: "test",
  holdout: "test",
};

/** Written together with what follows: `trainset`, `testdata`. */
const joined = /^(train|training|val|valid|validation|test|testing)(set|data|dir|images?|imgs?|folder)$/;

const fillers = new Set(
  "set sets data dataset folder folders dir directory split part subset images image img imgs files all".split(
    " ",
  ),
);

const pictures = new Set(
  "images image imgs img pictures pics photos jpg jpgs jpeg jpegs png pngs jpegimages rgb raw".split(" "),
);

const drawings = new Set(
  (
    "annotations annotation annot annots masks mask labels label trimaps trimap segmentations segmentation segmented " +
    "segmentationclass segmentationobject seg segs gt groundtruth bboxes bbox boxes xml xmls json jsons " +
    "heatmaps depth overlays overlay"
  ).split(" "),
);

const groups = new Set("fold cv batch chunk shard session run round volume vol disc disk cd".split(" "));

/** `TrainImages_2`, `train-images2` and `train images` alike: [train, images]. Numbers are no words. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "")
    .flatMap((word) => {
      const [, first, second] = joined.exec(word) ?? [];
      return first && second ? [first, second] : [word];
    });
}

export interface PartName {
  readonly part: DatasetPart;
  /** What the name says besides: the same for parts of one whole. */
  readonly stem: string;
  /** Nothing but the usual word for it. */
  readonly isPlain: boolean;
}

/** Undefined for a name that says no part, or more than one. */
export function partNameOf(name: string): PartName | undefined {
  const words = wordsOf(name);
  const found = words.filter((word) => Object.hasOwn(parts, word));
  const part = parts[found[0] ?? ""];
  if (!part || found.some((word) => parts[word] !== part)) return undefined;
  const rest = words.filter((word) => !Object.hasOwn(parts, word) && !fillers.has(word));
  return { part, stem: rest.join(" "), isPlain: Object.hasOwn(parts, name.toLowerCase()) };
}

/** `images`, `JPEGImages`, `img_2`: says that there are images, not which. */
export function namesPictures(name: string): boolean {
  const words = wordsOf(name);
  return words.length > 0 && words.every((word) => pictures.has(word) || fillers.has(word));
}

/** `fold1`, `batch_02`: numbers that divide a dataset, and say nothing about its images. */
export function namesGroup(name: string): boolean {
  const words = wordsOf(name);
  return words.length === 1 && groups.has(words[0] as string) && /\d/.test(name);
}

/** `100CANON`, `101_PANA`: folders that cameras number (DCF), whatever lies in them. */
export const namesCameraFolder = (name: string): boolean => /^[1-9]\d{2}[A-Z_][A-Z0-9_]{4}$/.test(name);

/** The name without its word for masks and the like; undefined for a name without such a word. */
export function besideDrawings(name: string): string | undefined {
  if (drawings.has(name.toLowerCase())) return "";
  const words = wordsOf(/^ground[\s_-]*truth/i.test(name) ? name.replace(/ground[\s_-]*truth/i, "gt") : name);
  const rest = words.filter((word) => !drawings.has(word));
  return rest.length === words.length ? undefined : withoutPictures(rest);
}

/** The name without words that only say that there are images. */
export function besidePictures(name: string): string {
  return withoutPictures(wordsOf(name));
}

const withoutPictures = (words: readonly string[]) =>
  words.filter((word) => !pictures.has(word) && !fillers.has(word)).join(" ");
