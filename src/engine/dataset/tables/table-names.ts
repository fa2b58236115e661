/** Interprets names of table files: which belong together, and which part of a dataset they contain. */
import type { DatasetPart } from "../../../protocol/dataset";

const partWords: Readonly<Record<string, DatasetPart>> = {
  train: "train",
  training: "train",
  val: "validation",
  valid: "validation",
  validation: "validation",
  dev: "validation",
  test: "test",
  testing: "test",
  t10k: "test",
};

const roleWords: ReadonlySet<string> = new Set(
  (
    "x y images image imgs img data inputs pixels sprites sheet labels label lbls targets target classes class answers " +
    "idx1 idx3 idx4 idx ubyte uint8 gz npy npz tar csv tsv txt json bin png jpg jpeg webp bmp gif parquet"
  ).split(" "),
);

/**
 * Splits names into words: `x_train.npy` → [x, train, npy], `Train-Images.idx3-ubyte` → [train, images, idx3, ubyte].
 */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/\b([xy])(?=train|test|val)/g, "$1 ")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

export const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** A key shared by images and labels that belong together: the folder and the name without words for roles. */
export function pairingKey(path: string): string {
  const words = wordsOf(nameOf(path)).filter((word) => !roleWords.has(word));
  return [folderOf(path), ...words].join(" ");
}

/** Reads the part from the name first, then from the folders, innermost first. */
export function partOfPath(path: string): DatasetPart | undefined {
  for (const segment of path.split("/").reverse()) {
    for (const word of wordsOf(segment)) {
      if (Object.hasOwn(partWords, word)) return partWords[word];
    }
  }
  return undefined;
}

/** Values of a split column. */
export function partOfWord(word: string): DatasetPart | undefined {
  const known = word.trim().toLowerCase();
  return Object.hasOwn(partWords, known) ? partWords[known] : undefined;
}

/** Recognizes a list of class names, as opposed to labels of images. */
export function isClassList(path: string): boolean {
  const words = wordsOf(nameOf(path));
  if (words.includes("names") || words.includes("meta") || words.includes("categories")) return true;
  return words.includes("classes") && partOfPath(nameOf(path)) === undefined;
}

export function namesLabels(path: string): boolean {
  return wordsOf(nameOf(path)).some((word) => /^(y|labels?|lbls|targets?|answers)$/.test(word));
}
