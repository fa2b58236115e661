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
  /** The loaded dataset. */
  readonly loaded?: LoadedDataset;
  /** Progress of drawing or decoding. */
  readonly loading?: {
    readonly settings: DatasetSettings;
    readonly progress?: DatasetProgress;
    /** Of files that the visitor chose while the experiment named images of this source. */
    readonly chosenBeside?: DatasetSettings["source"];
  };
  /** The files of a dropped folder are being listed. */
  readonly listing?: true;
  /** Why the last selection did not become a dataset. */
  readonly failure?: Failure;
  /** The visitor's files, kept because another resolution decodes them again. */
  readonly files?: readonly FileEntry[];
  /** The last selection if it was not a dataset: it may be read in another way, or be added to. */
  readonly refused?: FileSelection;
  /** The selection refused before that, or the loaded one: a class that is dropped alone may join it. */
  readonly earlier?: FileSelection;
  /** The hub dataset that the visitor requested; it may be fetched again for other settings. */
  readonly fetched?: string;
  /** The images differ from those of the experiment's author. */
  readonly differs?: true;
  readonly gallery: readonly GallerySample[];
}

export const noDataset: DatasetState = { gallery: [] };

/** Both views of some training images. */
export interface ViewPreview {
  readonly images: readonly GallerySample[];
  readonly first: ImageStrip;
  readonly second: ImageStrip;
}

/** Returns whether both settings draw or decode the same images. Names and hashes are ignored. */
export function sameImages(a: DatasetSettings, b: DatasetSettings): boolean {
  const described = (settings: DatasetSettings) =>
    JSON.stringify(
      Object.entries(settings)
        .filter(([key]) => key !== "name" && key !== "hash")
        .sort(),
    );
  return described(a) === described(b);
}
