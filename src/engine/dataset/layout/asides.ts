/** Finds masks, label pictures and other drawings that accompany images and are not images of the dataset. */
import { besideDrawings, besidePictures, namesPictures, partNameOf } from "./folder-words";
import { nameOf, withoutEnding } from "./paths";
import { type Folder, filesOf, foldersOf, treeOf } from "./tree";

const drawingOf =
  /^(.+)[ _-](?:masks?|gt|groundtruth|seg|segmentation|trimap|annotation|annot|labelids|instanceids)(?:[_-]?\d+)?$/i;

/** Share of the drawings that must be named after an image if only folder names mark them as drawings. */
const AGREEING = 0.5;

/**
 * Finds drawings over other files: those in `masks/` beside `images/`, in `cat_masks/` beside `cat/`, or named
 * `1_mask.png` beside `1.png`.
 *
 * @returns by path, the folder or file name that marks the drawing
 */
export function findAsides(paths: readonly string[]): ReadonlyMap<string, string> {
  const asides = new Map<string, string>();
  const stems = paths.map((path) => withoutEnding(nameOf(path)));
  const root = treeOf(paths.map((path) => path.split("/").slice(0, -1)));
  for (const folder of foldersOf(root)) {
    for (const inner of folder.folders.values()) {
      if (!isAside(inner, [...folder.folders.values()], stems)) continue;
      for (const file of filesOf(inner)) asides.set(paths[file] as string, inner.name);
    }
    const own = new Set(folder.files.map((file) => stems[file] as string));
    for (const file of folder.files) {
      const image = drawingOf.exec(stems[file] as string)?.[1];
      if (image !== undefined && own.has(image)) asides.set(paths[file] as string, stems[file] as string);
    }
  }
  return asides;
}

function isAside(folder: Folder, siblings: readonly Folder[], stems: readonly string[]): boolean {
  const rest = besideDrawings(folder.name);
  if (rest === undefined) return false;
  return siblings.some((other) => {
    if (other === folder || besideDrawings(other.name) !== undefined) return false;
    if (besidePictures(other.name) !== rest) return false;
    if (rest === "") return namesPictures(other.name);
    // `train_masks/` beside `train/`; beside a class, the files' names must also match.
    return partNameOf(rest)?.stem === "" || agree(folder, other, stems);
  });
}

function agree(drawings: Folder, images: Folder, stems: readonly string[]): boolean {
  const names = new Set(Array.from(filesOf(images), (file) => stems[file] as string));
  const own = Array.from(filesOf(drawings), (file) => stems[file] as string);
  const named = own.filter((stem) => names.has(drawingOf.exec(stem)?.[1] ?? stem));
  return named.length >= AGREEING * own.length;
}
