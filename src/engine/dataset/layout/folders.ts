import type { DatasetPart, RejectedFile } from "../../../protocol/dataset";
import { Rejection } from "../rejection";
import { comparePaths } from "./paths";

/** What the folders say about one image. */
interface PlacedImage {
  readonly path: string;
  readonly className: string;
  /** Undefined where there are no folders for the parts: to be split. */
  readonly part: DatasetPart | undefined;
}

export interface FolderLayout {
  /** Sorted; a class's index is its place. */
  readonly classNames: readonly string[];
  /** In the order of the given paths. */
  readonly images: readonly PlacedImage[];
  readonly rejected: readonly RejectedFile[];
  /** Parts that have folders of their own. */
  readonly partFolders: ReadonlySet<DatasetPart>;
}

const partNames: Readonly<Record<string, DatasetPart>> = {
  train: "train",
  training: "train",
  val: "validation",
  valid: "validation",
  validation: "validation",
  test: "test",
  testing: "test",
};

/** A file's path and the folders that still say something about it. */
interface Located {
  readonly path: string;
  readonly folders: readonly string[];
}

/**
 * Reads classes and parts from the paths of images (clean ones). The class is the outermost folder that tells images
 * apart: `cats/1.png`, `pets/cats/indoors/1.png`. Folders named `train`, `val`, `valid`, `validation`
 * or `test`, in any case, are parts if they contain class folders.
 */
export function layOut(paths: readonly string[]): FolderLayout {
  const located = stripCommonRoot(paths.map((path) => ({ path, folders: path.split("/").slice(0, -1) })));
  const partFolders = new Set<DatasetPart>();
  for (const { folders } of located) {
    const part = partOf(folders[0]);
    if (part && folders.length > 1) partFolders.add(part);
  }
  const place = partFolders.size > 0 ? placeInPart : placeInClass;
  const images: PlacedImage[] = [];
  const rejected: RejectedFile[] = [];
  for (const file of located) {
    const placed = place(file);
    if (placed instanceof Rejection) rejected.push(placed.of(file.path));
    else images.push(placed);
  }
  const classNames = [...new Set(images.map(({ className }) => className))].sort(comparePaths);
  return { classNames, images, rejected, partFolders };
}

function partOf(folder: string | undefined): DatasetPart | undefined {
  return folder !== undefined && Object.hasOwn(partNames, folder.toLowerCase())
    ? partNames[folder.toLowerCase()]
    : undefined;
}

/**
 * Takes away outer folders that all images share, as long as a folder remains for some. A stray file beside a
 * shared folder does not keep it.
 */
function stripCommonRoot(files: readonly Located[]): readonly Located[] {
  const outermost = new Set(files.flatMap(({ folders }) => folders.slice(0, 1)));
  const canLose = outermost.size === 1 && files.some(({ folders }) => folders.length > 1);
  if (!canLose) return files;
  return stripCommonRoot(files.map(({ path, folders }) => ({ path, folders: folders.slice(1) })));
}

function placeInClass({ path, folders }: Located): PlacedImage | Rejection {
  const [className] = folders;
  return className === undefined
    ? new Rejection("no-class-folder", "It lies in no class folder, so its class is unknown.")
    : { path, className, part: undefined };
}

function placeInPart({ path, folders }: Located): PlacedImage | Rejection {
  const [outermost, className] = folders;
  const part = partOf(outermost);
  if (outermost === undefined || (part && className === undefined)) {
    return new Rejection("no-class-folder", "It lies in no class folder, so its class is unknown.");
  }
  if (!part || className === undefined) {
    return new Rejection(
      "outside-parts",
      `«${outermost}» is neither train, val nor test, which lie beside it.`,
    );
  }
  return { path, className, part };
}
