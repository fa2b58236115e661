/** Interprets folder names: parts of a dataset, images in general, or drawings over images. */
import type { DatasetPart } from "../../../protocol/dataset";

const parts: Readonly<Record<string, DatasetPart>> = {
  train: "train",
  trainval: "train",
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

/** Prefixes written together with the next word: `trainset`, `testdata`. */
const joined = /^(train|training|val|valid|validation|test|testing)(set|data|dir|images?|imgs?|folder)$/;

const fillers = new Set(
  (
    "set sets data dataset folder folders dir directory split part subset images image img imgs files all " +
    "public private final full labeled labelled"
  ).split(" "),
);

const pictures = new Set(
  (
    "images image imgs img pictures pics photos jpg jpgs jpeg jpegs png pngs jpegimages rgb raw " +
    "original originals input inputs"
  ).split(" "),
);

const drawings = new Set(
  (
    "annotations annotation annot annots masks mask labels label trimaps trimap segmentations segmentation segmented " +
    "segmentationclass segmentationobject seg segs gt groundtruth bboxes bbox boxes xml xmls json jsons " +
    "heatmaps depth overlays overlay"
  ).split(" "),
);

const groups = new Set("fold cv batch chunk shard session run round volume vol disc disk cd".split(" "));

/** Splits `TrainImages_2`, `train-images2` and `train images` all into [train, images]. Numbers are not words. */
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
  /** The rest of the name, which parts of one dataset share. */
  readonly stem: string;
  /** True if the name is only the usual word for the part. */
  readonly isPlain: boolean;
}

/** Returns undefined for a name that states no part or more than one. */
export function partNameOf(name: string): PartName | undefined {
  const words = wordsOf(name);
  const found = new Set(
    words.flatMap((word) => (Object.hasOwn(parts, word) ? [parts[word] as DatasetPart] : [])),
  );
  // `train_val` is what the test set is not.
  if (found.size === 2 && found.has("train") && found.has("validation")) found.delete("validation");
  const [part, other] = found;
  if (!part || other) return undefined;
  const rest = words.filter((word) => !Object.hasOwn(parts, word) && !fillers.has(word));
  return { part, stem: rest.join(" "), isPlain: Object.hasOwn(parts, name.toLowerCase()) };
}

/** Recognizes `images`, `JPEGImages`, `img_2`: names that announce images, but not their class. */
export function namesPictures(name: string): boolean {
  const words = wordsOf(name);
  return words.length > 0 && words.every((word) => pictures.has(word) || fillers.has(word));
}

/** Recognizes `fold1`, `batch_02`: numbered subdivisions that say nothing about the images. */
export function namesGroup(name: string): boolean {
  const words = wordsOf(name);
  return words.length === 1 && groups.has(words[0] as string) && /\d/.test(name);
}

/** Names that say nothing about a class, unless a visitor says so. */
export const namesNoClass = (name: string): boolean => namesCameraFolder(name) || namesGroup(name);

/** Recognizes the numbered folders of cameras (DCF) such as `100CANON` and `101_PANA`, with any content. */
const namesCameraFolder = (name: string): boolean => /^[1-9]\d{2}[A-Z_][A-Z0-9_]{4}$/.test(name);

/** Removes the word for masks or similar from a name; undefined for a name without such a word. */
export function besideDrawings(name: string): string | undefined {
  if (drawings.has(name.toLowerCase())) return "";
  const words = wordsOf(/^ground[\s_-]*truth/i.test(name) ? name.replace(/ground[\s_-]*truth/i, "gt") : name);
  const rest = words.filter((word) => !drawings.has(word));
  return rest.length === words.length ? undefined : withoutPictures(rest);
}

/** Removes words that only announce images. */
export function besidePictures(name: string): string {
  return withoutPictures(wordsOf(name));
}

const withoutPictures = (words: readonly string[]) =>
  words.filter((word) => !pictures.has(word) && !fillers.has(word)).join(" ");
