/** Types of the messages about datasets between page and worker. */

/** A file that a visitor dropped or picked, with its path inside that selection, "/"-separated. */
export interface FileEntry {
  readonly path: string;
  readonly file: Blob;
}

/** Difficulty of the built-in "Shapes" images. */
export const shapesDifficulties = ["easy", "normal", "hard"] as const;

/**
 * Who learns from images whose label is withheld: only schemes that choose from a pool of them, or also all schemes
 * that need no labels.
 */
export const unlabeledUses = ["pools", "selfSupervised"] as const;
export type ShapesDifficulty = (typeof shapesDifficulties)[number];

/** Pixels per side that images are resized to. */
export const imageSizeLimits = { min: 16, max: 64 } as const;

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
  /** Files that are never data: hidden files, `__MACOSX/`, `Thumbs.db`. */
  readonly ignored: number;
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
    | { readonly kind: "no-images" }
    | { readonly kind: "no-classes" }
    | { readonly kind: "single-class"; readonly className: string }
    | { readonly kind: "too-many-classes"; readonly found: number; readonly limit: number }
    | { readonly kind: "too-many-files"; readonly found: number; readonly limit: number }
    | { readonly kind: "too-many-bytes"; readonly found: number; readonly limit: number }
    | { readonly kind: "too-few-images"; readonly shortages: readonly ClassShortage[] }
    | { readonly kind: "no-training-images" }
    | { readonly kind: "archive-unreadable" }
    | { readonly kind: "archive-too-large"; readonly found: number; readonly limit: number }
  );

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
