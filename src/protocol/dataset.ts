/** What the page and the worker say to each other about datasets. Types and their vocabulary only. */

/** One file that a visitor dropped or picked, with its path inside that selection, "/"-separated. */
export interface FileEntry {
  readonly path: string;
  readonly file: Blob;
}

/** How hard the built-in "Shapes" images are to tell apart. */
export const shapesDifficulties = ["easy", "normal", "hard"] as const;

/** Who learns from images whose label is withheld: schemes that choose from a pool of them, or also all that need no labels. */
export const unlabelledUses = ["pools", "selfSupervised"] as const;
export type ShapesDifficulty = (typeof shapesDifficulties)[number];

/** Pixels per side that images are brought to. */
export const imageSizeLimits = { min: 16, max: 64 } as const;

export const datasetParts = ["train", "validation", "test"] as const;
export type DatasetPart = (typeof datasetParts)[number];

/** Why one file did not become an image of the dataset. */
export type RejectionReason =
  /** Zero bytes. */
  | "empty"
  /** Its content is no image, whatever its name says. */
  | "not-an-image"
  /** An image, but of a kind that browsers do not decode, or a drawing without pixels (SVG). */
  | "unsupported-format"
  /** It begins like an image but cannot be decoded, or ends too early. */
  | "damaged"
  /** More bytes or pixels than `importLimits` allows. */
  | "too-large"
  /** The browser or the archive could not hand over its bytes. */
  | "unreadable"
  /** It lies beside the class folders, not in one. */
  | "no-class-folder"
  /** It lies beside `train/`, `val/` and `test/`, where these were found. */
  | "outside-parts"
  /** A mask or another drawing that belongs to an image, not an image of its own. */
  | "aside"
  /** A folder beside it holds the same file. */
  | "copy"
  /** An absolute path, or one with "..". */
  | "unsafe-path"
  /** A second file with the same path. */
  | "duplicate-path"
  /** An archive's entry that is encrypted or packed by a method other than "stored" and "deflate". */
  | "unsupported-packing"
  /** An archive's entry that unpacks to implausibly many bytes. */
  | "suspicious-packing"
  /** A table whose columns, shape or type of numbers are not known. */
  | "unsupported-table"
  /** Nothing in the selection says what class it is of. */
  | "unlabelled"
  /** Labels that do not fit the images: too many, too few, two for one, or none of the classes. */
  | "label-mismatch";

export interface RejectedFile {
  readonly path: string;
  readonly reason: RejectionReason;
  /** One sentence for the visitor. */
  readonly detail: string;
}

/** Where the images of a part came from: a folder or table of that name, a seeded stratified draw, or our own brush. */
export type PartOrigin = "folder" | "drawn" | "built-in";

/**
 * What a visitor may choose where files can be read in more than one way. In settings, several are joined by "+".
 * `folders`: each folder is a class, also one that is named like a part or lies beside another as masks do. `inner`: classes are the folders
 * within those that would be taken. `names`: classes stand in the files' names. `once`: what is also in another part or
 * class is left out of training. `stretched`: deep images are stretched to the range that the set uses.
 */
export const readings = ["folders", "inner", "names", "once", "stretched"] as const;
export type Reading = (typeof readings)[number];

const anyReading = `(${readings.join("|")})`;
/** One word or more, joined by "+". */
export const readingPattern = new RegExp(`^${anyReading}([+]${anyReading}){0,${readings.length - 1}}$`);

export function parseReading(text: string | undefined): ReadonlySet<Reading> {
  const words = text?.split("+") ?? [];
  return new Set(readings.filter((reading) => words.includes(reading)));
}

/** Undefined for none. */
export function writeReading(chosen: ReadonlySet<Reading>): string | undefined {
  return readings.filter((reading) => chosen.has(reading)).join("+") || undefined;
}

/** What a visitor should know about how files were read. */
export type DatasetNoticeKind =
  /** Folders were taken for parts by a spelling that may mean something else. */
  | "parts-guessed"
  /** Folders beside images were taken for masks. */
  | "asides-left-out"
  /** A folder repeats those beside it. */
  | "copies-left-out"
  /** The same folders lie within each of the classes: they may be the classes. */
  | "inner-folders"
  /** The same folders lie within each of some numbered ones, and were taken for the classes. */
  | "outer-folders"
  /** Each outermost folder was taken for a class. */
  | "folders-read"
  /** Classes were read from the files' names. */
  | "names-read"
  /** Images that nothing labels, beside such that are labelled. */
  | "unlabelled-left-out"
  /** A table whose labels are a placeholder. */
  | "no-truth"
  /** A table that names images in two ways that differ. */
  | "table-refused"
  /** Which columns of a table were used, where others could have been. */
  | "columns-chosen"
  /** Names in a table fit files by the end of their paths, or but for upper and lower case. */
  | "matched-by-end"
  | "matched-by-case"
  /** Classes are shown by the names in a list. */
  | "names-shown"
  /** A class of whose images none could be used. */
  | "class-lost"
  /** Names of classes that one could take for each other. */
  | "classes-alike"
  /** The same bytes in training and elsewhere; in two classes. */
  | "copies-across-parts"
  | "copies-across-classes"
  /** Nearly the same picture in training and elsewhere. */
  | "near-copies"
  /** Copies that were left out of training. */
  | "copies-removed"
  /** Names in an archive, or a table, in an encoding that had to be guessed. */
  | "encoding-guessed"
  /** Images whose colors are a guess. */
  | "colors-guessed"
  /** Images of 16 bits that use a small part of their range. */
  | "narrow-range"
  | "range-stretched"
  /** A class with ten times the images of another, or more. */
  | "unequal-classes";

export interface DatasetNotice {
  readonly kind: DatasetNoticeKind;
  /** Files, folders, columns or classes, as the kind has them. */
  readonly names: readonly string[];
  readonly count: number;
  /** There may be more. */
  readonly atLeast?: boolean;
  /** The other way to read the files, which one click chooses. */
  readonly offer?: Reading;
  /** The choice that led here, which one click takes back. */
  readonly undo?: Reading;
}

/** What reading the classes off the files' names would give. */
export interface NamesOffer {
  readonly classes: readonly {
    readonly className: string;
    readonly count: number;
    readonly example: string;
  }[];
  readonly unnamed: number;
}

export interface DatasetSummary {
  readonly name: string;
  readonly hash: string;
  readonly size: number;
  readonly channels: 1 | 3;
  readonly classNames: readonly string[];
  /** Images per class, in the order of `classNames`. */
  readonly counts: Readonly<Record<DatasetPart, readonly number[]>>;
  readonly origins: Readonly<Record<DatasetPart, PartOrigin>>;
  readonly rejected: readonly RejectedFile[];
  /** Files that no one means as data: hidden files, `__MACOSX/`, `Thumbs.db`, thumbnails of a network drive. */
  readonly ignored: number;
  readonly notices: readonly DatasetNotice[];
}

/** What the visitor reads about a dataset that cannot be used. */
interface Explanation {
  readonly title: string;
  readonly cause: string;
  readonly action: string;
}

export interface ClassShortage {
  readonly className: string;
  readonly part: DatasetPart;
  readonly found: number;
  readonly needed: number;
}

/** Why a whole selection is no dataset. */
export type DatasetProblem = Explanation &
  (
    | { readonly kind: "no-images"; readonly isForeign: boolean }
    | { readonly kind: "no-classes" }
    | { readonly kind: "single-class"; readonly className: string }
    | { readonly kind: "too-many-classes"; readonly found: number; readonly limit: number }
    | { readonly kind: "too-many-files"; readonly found: number; readonly limit: number }
    | { readonly kind: "too-many-bytes"; readonly found: number; readonly limit: number }
    | { readonly kind: "too-few-images"; readonly shortages: readonly ClassShortage[] }
    | { readonly kind: "no-training-images" }
    | { readonly kind: "archive-unreadable" }
    | { readonly kind: "archive-too-large"; readonly found: number; readonly limit: number }
    | { readonly kind: "detection-labels"; readonly example: string }
  );

/** What else is known of a selection that is no dataset. */
export interface Refusal {
  readonly rejected: readonly RejectedFile[];
  readonly ignored: number;
  readonly notices: readonly DatasetNotice[];
  readonly namesOffer?: NamesOffer;
  /** Folders could be taken as they are. */
  readonly foldersOffer?: readonly string[];
}

/** Of "downloading", `done` and `total` are bytes. */
type DatasetPhase = "downloading" | "listing" | "drawing" | "decoding" | "hashing";

export interface DatasetProgress {
  readonly phase: DatasetPhase;
  /** Images so far, of `total`. */
  readonly done: number;
  readonly total: number;
}

/** One image for the gallery, as `ImageData` wants it. */
export interface GallerySample {
  readonly part: DatasetPart;
  /** Index within its part. */
  readonly index: number;
  readonly label: number;
  readonly size: number;
  /** [size, size, 4], opaque. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Beyond these, a selection or a file is refused rather than left to exhaust the machine. */
export const importLimits = {
  files: 250_000,
  classes: 1_000,
  /** Decoded dataset, at its final size. */
  datasetBytes: 768 * 1024 ** 2,
  /** One encoded file. */
  fileBytes: 256 * 1024 ** 2,
  /** Width or height of an image before it is resized. */
  sidePixels: 16_384,
  imagePixels: 100_000_000,
  /** All entries of an archive, unpacked. */
  archiveBytes: 16 * 1024 ** 3,
  /** Unpacked bytes per packed byte, for entries of more than `packingRatioFrom` bytes. */
  packingRatio: 250,
  packingRatioFrom: 8 * 1024 ** 2,
} as const;
