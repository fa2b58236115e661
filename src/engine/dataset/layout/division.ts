/** Finds the folders of a dataset's parts, in any spelling and at any depth. */
import type { DatasetPart } from "../../../protocol/dataset";
import { namesPictures, partNameOf } from "./folder-words";
import { type Folder, foldersOf, treeOf } from "./tree";

/** A file's path and its folders that are still to be interpreted. */
export interface Located {
  readonly path: string;
  readonly folders: readonly string[];
}

export interface Divided extends Located {
  readonly part: DatasetPart | undefined;
  /** The folders that state different parts. */
  readonly torn?: readonly [string, string];
}

export interface Division {
  readonly files: readonly Divided[];
  /** Folders recognized as parts despite an unusual spelling. */
  readonly guessed: readonly string[];
}

/**
 * Removes the folders of parts. Sibling folders are parts if their names state different parts and otherwise agree:
 * `train1` and `test1`, `seg_train` and `seg_test`; not `train station` and `test tube`. A single top folder is one if
 * it is `train` and contains folders.
 */
export function divide(files: readonly Located[]): Division {
  const names = partFolders(treeOf(files.map(({ folders }) => folders)));
  const guessed = new Set<string>();
  const divided = files.map(({ path, folders }): Divided => {
    const rest: string[] = [];
    let part: DatasetPart | undefined;
    let said = "";
    let torn: readonly [string, string] | undefined;
    folders.forEach((name, depth) => {
      const own = names.has(`${depth} ${name}`) ? partNameOf(name) : undefined;
      // `train/train/…`, as from nested archives.
      const again = !own && rest.length === 0 && part && names.has(`${depth} ${name} again`);
      if (again) return;
      if (!own) {
        rest.push(name);
        return;
      }
      if (!own.isPlain) guessed.add(name);
      // `dogs_train` beside `cats_train`: the rest of the name is the class.
      if (names.get(`${depth} ${name}`)) rest.push(own.stem);
      if (part && own.part !== part) torn = [said, name];
      part ??= own.part;
      said ||= name;
    });
    return { path, folders: rest, part, ...(torn && { torn }) };
  });
  return { files: stripWithinParts(divided), guessed: [...guessed] };
}

/**
 * "depth name" of the folders of parts; with "again", of those that repeat the part they lie in. The value tells
 * whether the name also contains the class.
 */
function partFolders(root: Folder): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const folder of foldersOf(root)) {
    const groups = new Map<string, { readonly name: string; readonly part: DatasetPart }[]>();
    for (const { name } of folder.folders.values()) {
      const said = partNameOf(name);
      if (said) groups.set(said.stem, [...(groups.get(said.stem) ?? []), { name, part: said.part }]);
    }
    const isDivided = (group: readonly { readonly part: DatasetPart }[]) =>
      new Set(group.map(({ part }) => part)).size > 1;
    const divided = [...groups.values()].filter(isDivided);
    const all = [...groups.values()].flat();
    const areAlike = isDivided(all) && holdTheSame(all.map(({ name }) => folder.folders.get(name) as Folder));
    for (const [stem, group] of groups) {
      const isDivision = isDivided(group) || areAlike;
      const alone = folder === root && stem === "" && group.every(({ part }) => part === "train");
      for (const { name } of group) {
        const inner = folder.folders.get(name) as Folder;
        const holdsClass = divided.length > 1 && stem !== "" && inner.folders.size === 0;
        if (isDivision || (alone && inner.folders.size > 0))
          found.set(`${folder.depth + 1} ${name}`, holdsClass);
      }
    }
  }
  for (const folder of foldersOf(root)) {
    if (!found.has(`${folder.depth} ${folder.name}`)) continue;
    const [only, second] = folder.folders.values();
    const said = partNameOf(folder.name);
    const isSame = only && !second && folder.files.length === 0 && partNameOf(only.name)?.part === said?.part;
    if (isSame && only.folders.size > 0) found.set(`${only.depth} ${only.name} again`, false);
  }
  return found;
}

/** Tells whether folders are likely parts of one dataset, since they contain folders of the same names. */
function holdTheSame(folders: readonly Folder[]): boolean {
  const ownClasses = (folder: Folder) => [...folder.folders.keys()].filter((name) => !partNameOf(name));
  const [first, ...others] = folders.map((folder) => new Set(ownClasses(folder)));
  if (!first || others.some((names) => names.size === 0)) return false;
  const shared = [...first].filter((name) => others.every((names) => names.has(name)));
  return shared.length > 1;
}

/** Removes folders that wrap the classes in some parts only: `train/images/cats` beside `val/cats`. */
function stripWithinParts(files: readonly Divided[]): readonly Divided[] {
  const parts = new Set(files.map(({ part }) => part));
  if (parts.size < 2) return files;
  const tops = new Map([...parts].map((part) => [part, new Set<string>()]));
  const inner = new Map([...parts].map((part) => [part, new Set<string>()]));
  for (const { part, folders } of files) {
    if (folders[0] !== undefined) tops.get(part)?.add(folders[0]);
    if (folders[1] !== undefined) inner.get(part)?.add(folders[1]);
  }
  const wrapping = new Set<DatasetPart | undefined>();
  for (const part of parts) {
    const [only, second] = tops.get(part) as Set<string>;
    if (only === undefined || second !== undefined || inner.get(part)?.size === 0) continue;
    const others = [...parts]
      .filter((other) => other !== part)
      .map((other) => tops.get(other) as Set<string>);
    const isClass = others.some((names) => names.has(only));
    const holdsClasses = [...(inner.get(part) as Set<string>)].some((name) =>
      others.some((names) => names.has(name)),
    );
    if (!isClass && (holdsClasses || namesPictures(only))) wrapping.add(part);
  }
  if (wrapping.size === 0) return files;
  return files.map((file) => (wrapping.has(file.part) ? { ...file, folders: file.folders.slice(1) } : file));
}
