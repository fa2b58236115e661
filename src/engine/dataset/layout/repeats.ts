/** Folders that repeat what lies beside them, or that all hold the same folders. */
import { namesGroup } from "./folder-words";
import { treeOf } from "./tree";

/** What a file's place is judged by. */
export interface Nested {
  readonly path: string;
  readonly part: string | undefined;
  readonly folders: readonly string[];
  /** Of the file, where known. */
  readonly bytes?: number | undefined;
}

const fewest = 2;

/**
 * The top folders that hold folders of the same names as stand beside them: `plants/` in `rose/, tulip/, plants/rose/, plants/tulip/`. No
 * such folder is a class.
 *
 * @returns by name, how many folders of a path only repeat
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
  /** Files that lie in no inner folder. */
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

/** Which of the folders is a copy, where both hold a file of the same name and size. */
export function keyOf({ part, folders, path, bytes }: Nested): string {
  return JSON.stringify([part, ...folders, path.slice(path.lastIndexOf("/") + 1), bytes]);
}

export interface InnerClasses {
  /** What would be classes if the outer folders were none. */
  readonly names: readonly string[];
  /** The outer folders are numbered, as those of a cross-validation: the inner ones are the classes. */
  readonly isMeant: boolean;
}

/** Undefined unless two or more top folders all hold the same two or more folders and nothing else. */
export function innerClasses(files: readonly Nested[]): InnerClasses | undefined {
  const inner = [...innerFolders(files)];
  const [first] = inner;
  if (!first || inner.length < 2) return undefined;
  const names = [...first[1].names].sort();
  const same = inner.every(
    ([, own]) =>
      own.flat === 0 && own.names.size === names.length && names.every((name) => own.names.has(name)),
  );
  if (!same || names.length < fewest) return undefined;
  return { names, isMeant: inner.every(([name]) => namesGroup(name)) };
}
