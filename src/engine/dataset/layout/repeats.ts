/** Finds folders that repeat their siblings, or that all contain the same folders. */
import { namesGroup } from "./folder-words";
import { treeOf } from "./tree";

/** The properties of a file used to interpret its location. */
export interface Nested {
  readonly path: string;
  readonly part: string | undefined;
  readonly folders: readonly string[];
  /** Bytes of the file, if known. */
  readonly bytes?: number | undefined;
}

const fewest = 2;

/**
 * Finds top folders that contain folders with the names of their siblings: `plants/` in `rose/, tulip/, plants/rose/,
 * plants/tulip/`. Such a folder is not a class.
 *
 * @returns by name, the number of leading folders of a path that only repeat
 */
export function repeatingFolders(files: readonly Nested[]): ReadonlyMap<string, number> {
  const tops = treeOf(files.map(({ folders }) => folders)).folders;
  const found = new Map<string, number>();
  for (const [name, folder] of tops) {
    let inner = folder;
    let levels = 1;
    for (;;) {
      const [only, second] = inner.folders.values();
      if (!only || second || inner.files.length > 0) break;
      inner = only;
      levels++;
    }
    const names = [...inner.folders.keys()].filter((each) => each !== name);
    const beside = names.filter((each) => tops.has(each));
    if (beside.length >= fewest && beside.length === names.length) found.set(name, levels);
  }
  return found;
}

interface Inner {
  readonly names: Set<string>;
  /** Files that are not in an inner folder. */
  flat: number;
}

function innerFolders(files: readonly Nested[]): ReadonlyMap<string, Inner> {
  const inner = new Map<string, Inner>();
  for (const { folders } of files) {
    const [top, second] = folders;
    if (top === undefined) continue;
    const own = inner.get(top) ?? { names: new Set<string>(), flat: 0 };
    inner.set(top, own);
    if (second === undefined) own.flat++;
    else own.names.add(second);
  }
  return inner;
}

/** Tells which of two folders is the copy if both contain a file of the same name and size. */
export function keyOf({ part, folders, path, bytes }: Nested): string {
  return JSON.stringify([part, ...folders, path.slice(path.lastIndexOf("/") + 1), bytes]);
}

export interface InnerClasses {
  /** The classes if the outer folders were not classes. */
  readonly names: readonly string[];
  /** True if the outer folders are numbered, as in cross-validation, so that the inner ones are the classes. */
  readonly isMeant: boolean;
}

/**
 * Finds folders one level deeper that may be the classes: no image lies directly in a top folder, and a top folder
 * contains several folders, or all top folders are only numbered. Undefined otherwise.
 */
export function innerClasses(files: readonly Nested[]): InnerClasses | undefined {
  const inner = [...innerFolders(files)];
  if (inner.length < 2 || inner.some(([, { flat }]) => flat > 0)) return undefined;
  const names = [...new Set(inner.flatMap(([, own]) => [...own.names]))].sort();
  const isMeant = inner.every(([name]) => namesGroup(name));
  const areSeveral = inner.some(([, own]) => own.names.size >= fewest);
  if (names.length < fewest || !(isMeant || areSeveral)) return undefined;
  return { names, isMeant };
}
