/** A tree of folders with the files in each. */
export interface Folder {
  readonly name: string;
  /** Depth in the tree; 0 for the outermost folders. */
  readonly depth: number;
  readonly folders: ReadonlyMap<string, Folder>;
  /** Indices, in the input, of the files directly in this folder. */
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

/** Lists the folder itself and all below it. */
export function* foldersOf(folder: Folder): Generator<Folder> {
  yield folder;
  for (const inner of folder.folders.values()) yield* foldersOf(inner);
}

/** Indices of all files below the folder. */
export function* filesOf(folder: Folder): Generator<number> {
  for (const each of foldersOf(folder)) yield* each.files;
}
