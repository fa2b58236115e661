/** Folders as a tree, of the files that lie somewhere below. */
export interface Folder {
  readonly name: string;
  /** Of the outermost folders, 0. */
  readonly depth: number;
  readonly folders: ReadonlyMap<string, Folder>;
  /** Places of the files that lie in this very folder, in what was given. */
  readonly files: readonly number[];
}

interface Growing extends Folder {
  readonly folders: Map<string, Growing>;
  readonly files: number[];
}

/** @param paths of the files' folders, outermost first */
export function treeOf(paths: readonly (readonly string[])[]): Folder {
  const grow = (name: string, depth: number): Growing => ({ name, depth, folders: new Map(), files: [] });
  const root = grow("", -1);
  for (const [at, folders] of paths.entries()) {
    let folder = root;
    for (const name of folders) {
      let inner = folder.folders.get(name);
      if (!inner) {
        inner = grow(name, folder.depth + 1);
        folder.folders.set(name, inner);
      }
      folder = inner;
    }
    folder.files.push(at);
  }
  return root;
}

/** The folder itself, and all below. */
export function* foldersOf(folder: Folder): Generator<Folder> {
  yield folder;
  for (const inner of folder.folders.values()) yield* foldersOf(inner);
}

/** Places of all files below. */
export function* filesOf(folder: Folder): Generator<number> {
  for (const each of foldersOf(folder)) yield* each.files;
}
