/** Types of the messages about datasets between page and worker. */

/** A file that a visitor dropped or picked, with its path inside that selection, "/"-separated. */
export interface FileEntry {
  readonly path: string;
  readonly file: Blob;
}

/** The built-in images. */
export const drawnSources = ["shapes", "textures"] as const;
export type DrawnSource = (typeof drawnSources)[number];

/** Where images come from: drawn by the page, or the visitor's files. */
export const datasetSources = [...drawnSources, "files"] as const;

/** Difficulty of the built-in images. */
export const drawnDifficulties = ["easy", "normal", "hard"] as const;

/**
 * Who learns from images whose label is withheld: only schemes that choose from a pool of them, or also all schemes
 * that need no labels.
 */
export const unlabeledUses = ["pools", "selfSupervised"] as const;
export type DrawnDifficulty = (typeof drawnDifficulties)[number];

/** Pixels per side that images are resized to. */
export const imageSizeLimits = { min: 16, max: 64 } as const;
/** Pixels per side at which files are kept at most, for teachers that see more than students. */
export const maxDetail = 224;

export const datasetParts = ["train", "validation", "test"] as const;
export type DatasetPart = (typeof datasetParts)[number];

/** Why a file did not become an image of the dataset. */
export type RejectionReason =
  /** Zero bytes. */
  | "empty"
  /** Its content is not an image, whatever its name. */
  | "not-an-image"
  /** An image format that browsers do not decode, or a vector drawing (SVG). */
  | "unsupported-format"
  /** It starts like an image but cannot be decoded, or is truncated. */
  | "damaged"
  /** More bytes or pixels than `importLimits` allows. */
  | "too-large"
  /** The browser or the archive could not read its bytes. */
  | "unreadable"
  /** It is next to the class folders, not in one. */
  | "no-class-folder"
  /** It is next to `train/`, `val/` and `test/`, where these exist. */
  | "outside-parts"
  /** A mask or another drawing that belongs to an image, not an image of its own. */
  | "aside"
  /** A folder beside it holds the same file. */
  | "copy"
  /** An absolute path, or one with "..". */
  | "unsafe-path"
  /** A second file with the same path. */
  | "duplicate-path"
  /** An archive entry that is encrypted, or compressed by a method other than "stored" and "deflate". */
  | "unsupported-packing"
  /** An archive entry that unpacks to implausibly many bytes. */
  | "suspicious-packing"
  /** A table with unknown columns, shape or number type. */
  | "unsupported-table"
  /** Nothing in the selection gives its class. */
  | "unlabelled"
  /** Labels that do not match the images: too many, too few, two for one image, or an unknown class. */
  | "label-mismatch";

export interface RejectedFile {
  readonly path: string;
  readonly reason: RejectionReason;
  /** One sentence for the visitor. */
  readonly detail: string;
}

/**
 * The origin of a part's images: a folder or table of that name, a seeded stratified split, or the built-in generator.
 */
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
  /** Images that nothing labels, beside such that are labeled. */
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
  | "matched-by-stem"
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
  /** Files that are never data: hidden files, `__MACOSX/`, `Thumbs.db`, thumbnails of a network drive. */
  readonly ignored: number;
  readonly notices: readonly DatasetNotice[];
}

/** An explanation for the visitor of why a dataset cannot be used. */
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

/** Why a whole selection is not a dataset. */
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

/** Details of a selection that is not a dataset. */
export interface Refusal {
  readonly rejected: readonly RejectedFile[];
  readonly ignored: number;
  readonly notices: readonly DatasetNotice[];
  readonly namesOffer?: NamesOffer;
  /** Folders that can be read as classes. */
  readonly foldersOffer?: readonly string[];
}

/** For "downloading", `done` and `total` are in bytes. */
type DatasetPhase = "downloading" | "listing" | "drawing" | "decoding" | "hashing";

export interface DatasetProgress {
  readonly phase: DatasetPhase;
  /** Images so far, out of `total`. */
  readonly done: number;
  readonly total: number;
}

/** One image for the gallery, in the format of `ImageData`. */
export interface GallerySample {
  readonly part: DatasetPart;
  /** Index within its part. */
  readonly index: number;
  readonly label: number;
  readonly size: number;
  /** [size, size, 4], opaque. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Larger selections or files are rejected, so that they cannot exhaust the machine. */
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
