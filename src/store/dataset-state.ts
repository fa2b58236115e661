import type { DatasetProgress, DatasetSummary, FileEntry, GallerySample } from "../protocol/dataset";
import type { DatasetSettings } from "../protocol/experiment";
import type { Failure } from "../protocol/failures";
import type { ImageStrip } from "../protocol/messages";

export interface LoadedDataset {
  readonly settings: DatasetSettings;
  readonly summary: DatasetSummary;
}

export interface FileSelection {
  readonly name: string;
  readonly files: readonly FileEntry[];
}

export interface DatasetState {
  /** What the engine holds. */
  readonly loaded?: LoadedDataset;
  /** What is being drawn or decoded. */
  readonly loading?: { readonly settings: DatasetSettings; readonly progress?: DatasetProgress };
  /** A dropped folder's files are being looked up. */
  readonly listing?: true;
  /** Why the last selection did not become a dataset. */
  readonly failure?: Failure;
  /** The visitor's files: another resolution decodes them again. */
  readonly files?: readonly FileEntry[];
  /** Those of the last selection that was no dataset: it may be read in another way, or be added to. */
  readonly refused?: FileSelection;
  /** What was refused before that, or is loaded: a class that is dropped alone may join it. */
  readonly earlier?: FileSelection;
  /** The dataset of the hub that the visitor has asked for: it may be fetched again for other settings. */
  readonly fetched?: string;
  /** The images are others than those that the experiment's author had. */
  readonly differs?: true;
  readonly gallery: readonly GallerySample[];
}

export const noDataset: DatasetState = { gallery: [] };

/** The views of some training images, both of each. */
export interface ViewPreview {
  readonly images: readonly GallerySample[];
  readonly first: ImageStrip;
  readonly second: ImageStrip;
}

/** Whether both settings draw or decode the same images. Names and hashes only describe them. */
export function sameImages(a: DatasetSettings, b: DatasetSettings): boolean {
  const described = (settings: DatasetSettings) =>
    JSON.stringify(
      Object.entries(settings)
        .filter(([key]) => key !== "name" && key !== "hash")
        .sort(),
    );
  return described(a) === described(b);
}
