import type { DatasetPart } from "../../../protocol/dataset";
import type { Source } from "../source";
import { type FolderLayout, layOut } from "./folders";
import { comparePaths } from "./paths";

type Located = Pick<Source, "path" | "placed">;

/**
 * Classes and parts of all images: as their tables say, otherwise as their folders do. Classes that have numbers in
 * their tables keep that order, the others follow by name.
 */
export function layOutSources(sources: readonly Located[]): FolderLayout {
  const folders = layOut(sources.flatMap(({ path, placed }) => (placed ? [] : [path])));
  if (sources.every(({ placed }) => placed === undefined)) return folders;
  const inFolders = new Map(folders.images.map((image) => [image.path, image]));
  const images = sources.flatMap(({ path, placed }) => {
    const inFolder = inFolders.get(path);
    return placed ? [{ path, className: placed.className, part: placed.part }] : inFolder ? [inFolder] : [];
  });
  const stated = new Set(images.map(({ part }) => part));
  // A lone test file is a pool like any other; beside one, what says nothing is for training.
  const isDivided = stated.size > 1;
  const partOf = (part: DatasetPart | undefined) => (isDivided ? (part ?? "train") : undefined);
  return {
    classNames: [...new Set(images.map(({ className }) => className))].sort(byOrder(sources)),
    images: images.map((image) => ({ ...image, part: partOf(image.part) })),
    rejected: folders.rejected,
    partFolders: new Set(isDivided ? [...stated].map((part) => part ?? "train") : []),
  };
}

function byOrder(sources: readonly Located[]): (a: string, b: string) => number {
  const order = new Map<string, number>();
  for (const { placed } of sources) {
    if (placed?.order !== undefined && !order.has(placed.className))
      order.set(placed.className, placed.order);
  }
  const place = (className: string) => order.get(className) ?? Number.POSITIVE_INFINITY;
  return (a, b) => (place(a) === place(b) ? comparePaths(a, b) : place(a) < place(b) ? -1 : 1);
}
