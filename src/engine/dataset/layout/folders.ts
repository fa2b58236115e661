import type {
  DatasetNotice,
  DatasetPart,
  NamesOffer,
  Reading,
  RejectedFile,
} from "../../../protocol/dataset";
import { Rejection } from "../rejection";
import { type Divided, divide, type Located } from "./division";
import { type FileClasses, fileClasses } from "./file-classes";
import { namesNoClass, namesPictures } from "./folder-words";
import { comparePaths, folderOf } from "./paths";
import { innerClasses, keyOf, type Nested, repeatingFolders } from "./repeats";

/** The class and part of one image according to its folders. */
export interface PlacedImage {
  readonly path: string;
  readonly className: string;
  /** Undefined without folders for the parts; the images are then split. */
  readonly part: DatasetPart | undefined;
}

export interface FolderLayout {
  /** Sorted; a class's index is its position. */
  readonly classNames: readonly string[];
  /** The images in the order of the given paths. */
  readonly images: readonly PlacedImage[];
  readonly rejected: readonly RejectedFile[];
  /** Parts with folders of their own. */
  readonly partFolders: ReadonlySet<DatasetPart>;
  readonly notices: readonly DatasetNotice[];
  /** The folders' information about all images, including those without a class. */
  readonly parts: ReadonlyMap<string, DatasetPart>;
  /** Classes from the names of images without a class, if these give at least two. */
  readonly namesOffer?: NamesOffer | undefined;
}

/** An image to be placed. */
export interface Unplaced {
  readonly path: string;
  /** Bytes of its file, if known: copies have equal sizes. */
  readonly bytes?: number | undefined;
}

export interface LayoutOptions {
  /** Folders of archives and their names, without a final "/"; a folder without a name has no meaning. */
  readonly archives?: ReadonlyMap<string, string | undefined>;
  readonly reading?: ReadonlySet<Reading>;
}

/**
 * Reads classes and parts from cleaned paths of images. The class is the outermost folder that distinguishes images:
 * `cats/1.png`, `pets/cats/indoors/1.png`. `divide` tells parts from classes; folders that repeat their siblings are
 * neither.
 */
export function layOut(files: readonly Unplaced[], options: LayoutOptions = {}): FolderLayout {
  const reading = options.reading ?? new Set();
  const located = stripCommonRoot(
    files.map(({ path }) => ({ path, folders: foldersOf(path, options.archives) })),
  );
  const division = reading.has("folders")
    ? { files: located.map((file): Divided => ({ ...file, part: undefined })), guessed: [] }
    : divide(located);
  const notices: DatasetNotice[] = [];
  if (division.guessed.length > 0) {
    notices.push({
      kind: "parts-guessed",
      names: division.guessed,
      count: division.guessed.length,
      offer: "folders",
    });
  }
  if (reading.has("folders")) notices.push({ kind: "folders-read", names: [], count: 1, undo: "folders" });
  const bytes = new Map(files.map((file) => [file.path, file.bytes]));
  const nested = stripCommonRoot(division.files).map((file) => ({ ...file, bytes: bytes.get(file.path) }));
  const unrepeated = reading.has("folders")
    ? { files: nested, copies: new Map<string, string>() }
    : withoutRepeats(nested, notices);
  const levelled = chooseLevel(unrepeated.files, reading, notices);
  const paths = files.map(({ path }) => path);
  const named = reading.has("names") ? fileClasses(paths) : undefined;
  const placed = place(
    levelled,
    { copies: unrepeated.copies, named, isLiteral: reading.has("folders") },
    notices,
  );
  const namesOffer = placed.classNames.length < 2 ? fileClasses(paths)?.offer : undefined;
  return namesOffer ? { ...placed, namesOffer } : placed;
}

type Stripped = Divided & Nested;

function foldersOf(path: string, archives: LayoutOptions["archives"]): readonly string[] {
  const folders = path.split("/").slice(0, -1);
  if (!archives || archives.size === 0) return folders;
  return folders.flatMap((name, at) => {
    const whole = folders.slice(0, at + 1).join("/");
    return archives.has(whole) ? (archives.get(whole) ?? []) : name;
  });
}

/**
 * Removes outer folders that all images share, as long as a folder remains for some. A stray file beside a shared
 * folder does not count.
 */
function stripCommonRoot<File extends Located>(files: readonly File[]): readonly File[] {
  const outermost = new Set(files.flatMap(({ folders }) => folders.slice(0, 1)));
  const canLose = outermost.size === 1 && files.some(({ folders }) => folders.length > 1);
  if (!canLose) return files;
  return stripCommonRoot(files.map((file) => ({ ...file, folders: file.folders.slice(1) })));
}

interface Unrepeated {
  readonly files: readonly Stripped[];
  /** By path, the folder that repeats its siblings. */
  readonly copies: ReadonlyMap<string, string>;
}

/** Assigns images in a folder that repeats its siblings to those siblings, and skips images they already have. */
function withoutRepeats(files: readonly Stripped[], notices: DatasetNotice[]): Unrepeated {
  const repeating = repeatingFolders(files);
  if (repeating.size === 0) return { files, copies: new Map() };
  const levels = ({ folders }: Stripped) => repeating.get(folders[0] ?? "") ?? 0;
  const isRepeat = (file: Stripped) => levels(file) > 0 && file.folders.length > levels(file);
  const originals = new Set(files.filter((file) => !isRepeat(file)).map(keyOf));
  const copies = new Map<string, string>();
  const moved = files.map((file) => {
    if (!isRepeat(file)) return file;
    const inner = { ...file, folders: file.folders.slice(levels(file)) };
    const key = keyOf(inner);
    if (originals.has(key)) copies.set(file.path, file.folders[0] as string);
    originals.add(key);
    return inner;
  });
  if (copies.size > 0)
    notices.push({
      kind: "copies-left-out",
      names: [...repeating.keys()],
      count: copies.size,
      offer: "folders",
    });
  const joining = new Set(
    moved.flatMap((file, at) =>
      file !== files[at] && !copies.has(file.path) ? file.folders.slice(0, 1) : [],
    ),
  );
  if (joining.size > 0)
    notices.push({ kind: "outer-folders", names: [...joining], count: joining.size, offer: "folders" });
  // A repeating folder may contain further repeating folders.
  const further = withoutRepeats(
    moved.filter(({ path }) => !copies.has(path)),
    notices,
  );
  const byPath = new Map(further.files.map((file) => [file.path, file]));
  return {
    files: moved.map((file) => byPath.get(file.path) ?? file),
    copies: new Map([...copies, ...further.copies]),
  };
}

/** If top folders contain folders, those may be the classes. */
function chooseLevel(
  files: readonly Stripped[],
  reading: ReadonlySet<Reading>,
  notices: DatasetNotice[],
): readonly Stripped[] {
  const inner = innerClasses(files);
  if (!inner || reading.has("folders")) return files;
  const isChosen = inner.isMeant || reading.has("inner");
  notices.push({
    kind: isChosen ? "outer-folders" : "inner-folders",
    names: inner.names,
    count: inner.names.length,
    ...(isChosen ? (inner.isMeant ? { offer: "folders" } : { undo: "inner" }) : { offer: "inner" }),
  });
  return isChosen ? files.map((file) => ({ ...file, folders: file.folders.slice(1) })) : files;
}

interface Placing {
  /** By path, the folder that repeats its siblings. */
  readonly copies: ReadonlyMap<string, string>;
  readonly named: FileClasses | undefined;
  /** Whether every folder is a class, whatever its name. */
  readonly isLiteral: boolean;
}

function place(
  files: readonly Stripped[],
  { copies, named, isLiteral }: Placing,
  notices: readonly DatasetNotice[],
): FolderLayout {
  const isDivided = files.some(({ part }) => part !== undefined);
  const tops = new Set(files.flatMap(({ folders }) => folders.slice(0, 1)));
  const isAlone = tops.size === 1 && namesPictures([...tops][0] as string);
  const saysNothing = isAlone || (!isLiteral && tops.size > 0 && [...tops].every(namesNoClass));
  const images: PlacedImage[] = [];
  const rejected: RejectedFile[] = [];
  for (const { path, folders, part, torn } of files) {
    const copyOf = copies.get(path);
    const className = named ? named.of(path) : saysNothing ? undefined : folders[0];
    if (copyOf !== undefined) rejected.push(copied(copyOf).of(path));
    else if (torn) rejected.push(tornApart(torn).of(path));
    else if (isDivided && !part && folders[0] !== undefined) rejected.push(outsideParts(folders[0]).of(path));
    else if (className === undefined) rejected.push((named ? unnamed() : noFolder()).of(path));
    else images.push({ path, className, part });
  }
  const unnamedPaths = rejected.flatMap(({ path, reason }) => (reason === "unlabelled" ? [path] : []));
  const partFolders = new Set(images.flatMap(({ part }) => part ?? []));
  return {
    classNames: [...new Set(images.map(({ className }) => className))].sort(comparePaths),
    images,
    rejected,
    partFolders,
    parts: new Map(files.flatMap(({ path, part }) => (part ? [[path, part] as const] : []))),
    notices: named
      ? [
          ...notices,
          ...(unnamedPaths.length > 0 ? [leftOut(unnamedPaths)] : []),
          {
            kind: "names-read",
            names: named.offer.classes.map(({ className }) => className),
            count: named.offer.classes.length,
            undo: "names",
          },
        ]
      : notices,
  };
}

/** Reports the folders of unlabeled images. */
export function leftOut(paths: readonly string[]): DatasetNotice {
  const folders = new Set(paths.map((path) => folderOf(path)));
  return { kind: "unlabelled-left-out", names: [...folders].slice(0, 3), count: paths.length };
}

const noFolder = () =>
  new Rejection("no-class-folder", "It lies in no class folder, so its class is unknown.");
const unnamed = () => new Rejection("unlabelled", "Its name does not say its class, as those of others do.");
const copied = (folder: string) =>
  new Rejection("copy", `«${folder}» repeats the folders beside it, and these hold the same file.`);
const tornApart = ([one, other]: readonly [string, string]) =>
  new Rejection("outside-parts", `It lies in «${one}» and in «${other}», which are different parts.`);
const outsideParts = (folder: string) =>
  new Rejection("outside-parts", `«${folder}» is neither train, val nor test, which lie beside it.`);
