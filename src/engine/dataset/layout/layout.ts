import type { DatasetNotice, DatasetPart, Reading, RejectedFile } from "../../../protocol/dataset";
import { calledBy, type NameList } from "../labels/class-names";
import { Rejection } from "../rejection";
import type { Source } from "../source";
import { namesByFiles } from "./file-classes";
import { type FolderLayout, layOut, leftOut, type PlacedImage } from "./folders";
import { comparePaths } from "./paths";

type Located = Pick<Source, "path" | "placed" | "bytes">;

export interface LayoutContext {
  readonly archives?: ReadonlyMap<string, string | undefined>;
  /** Classes given by lists of files; empty if there is no such list. */
  readonly listed?: ReadonlySet<string>;
  readonly nameLists?: readonly NameList[];
  /** Parts of files named by a list without labels, by path. */
  readonly parts?: ReadonlyMap<string, DatasetPart>;
  readonly reading?: ReadonlySet<Reading>;
}

/**
 * Determines classes and parts of all images from their tables, otherwise from their folders. If a list gives the
 * classes, folders add images of these only. Classes with numbers in their tables keep that order; the
 * others follow by name.
 */
export function layOutSources(sources: readonly Located[], context: LayoutContext = {}): FolderLayout {
  const inFolders = layOut(
    sources.filter(({ placed }) => !placed || placed.isListed),
    context,
  );
  const isPlain = sources.every(({ placed }) => !placed) && !context.listed?.size && !context.parts?.size;
  const joined = isPlain ? inFolders : join(sources, inFolders, context);
  return withNames(joined, context.nameLists ?? []);
}

function join(
  sources: readonly Located[],
  inFolders: FolderLayout,
  { listed = new Set(), parts = new Map() }: LayoutContext,
): FolderLayout {
  const byPath = new Map(inFolders.images.map((image) => [image.path, image]));
  const refused = new Map(inFolders.rejected.map((file) => [file.path, file]));
  // A list may move images out of train/, but not out of test/.
  const partByPath = (path: string) => {
    const own = inFolders.parts.get(path);
    return own === undefined || own === "train" ? (parts.get(path) ?? own) : own;
  };
  // Folders with the names of a list's classes give the class as well as the list.
  const agreeing = inFolders.classNames.filter((name) => listed.has(name)).length > 1;
  const images: PlacedImage[] = [];
  const rejected: RejectedFile[] = [];
  const unlabeled: string[] = [];
  for (const { path, placed } of sources) {
    const inFolder = byPath.get(path);
    if (placed) {
      const { className, part, isListed } = placed;
      const differs = isListed && agreeing && inFolder && listed.has(inFolder.className);
      if (differs && inFolder.className !== className)
        rejected.push(torn(className, inFolder.className).of(path));
      else images.push({ path, className, part: part ?? (isListed ? partByPath(path) : undefined) });
    } else if (listed.size === 0) {
      if (inFolder) images.push({ ...inFolder, part: partByPath(path) });
      else if (refused.has(path)) rejected.push(refused.get(path) as RejectedFile);
    } else if (inFolder && agreeing && listed.has(inFolder.className))
      images.push({ ...inFolder, part: partByPath(path) });
    else {
      unlabeled.push(path);
      rejected.push(new Rejection("unlabelled", "No row of the table of labels names it.").of(path));
    }
  }
  const stated = new Set(images.map(({ part }) => part));
  // A test file alone is a pool; beside other files, those without a stated part are for training.
  const isDivided = stated.size > 1;
  const partOf = (part: DatasetPart | undefined) => (isDivided ? (part ?? "train") : undefined);
  const notices: DatasetNotice[] = inFolders.notices.filter(
    ({ kind }) => listed.size === 0 || kind === "parts-guessed",
  );
  if (unlabeled.length > 0) notices.push(leftOut(unlabeled));
  return {
    ...inFolders,
    classNames: [...new Set(images.map(({ className }) => className))].sort(byOrder(sources)),
    images: images.map((image) => ({ ...image, part: partOf(image.part) })),
    rejected,
    partFolders: new Set(isDivided ? [...stated].map((part) => part ?? "train") : []),
    notices,
  };
}

const torn = (label: string, folder: string) =>
  new Rejection("label-mismatch", `It is labeled «${label}», but lies in «${folder}».`);

function byOrder(sources: readonly Located[]): (a: string, b: string) => number {
  const order = new Map<string, number>();
  for (const { placed } of sources) {
    if (placed?.order !== undefined && !order.has(placed.className))
      order.set(placed.className, placed.order);
  }
  const place = (className: string) => order.get(className) ?? Number.POSITIVE_INFINITY;
  return (a, b) => (place(a) === place(b) ? comparePaths(a, b) : place(a) < place(b) ? -1 : 1);
}

/** Names classes that are numbers or codes after a list or after the names of their images. */
function withNames(layout: FolderLayout, lists: readonly NameList[]): FolderLayout {
  const list = calledBy(lists, layout.classNames);
  const called = list?.names ?? namesByFiles(layout);
  if (!called) return alike(layout);
  const nameOf = (className: string) => called.get(className) ?? className;
  const notice = { kind: "names-shown", names: [list?.path ?? ""], count: layout.classNames.length } as const;
  return alike({
    ...layout,
    classNames: layout.classNames.map(nameOf),
    images: layout.images.map((image) => ({ ...image, className: nameOf(image.className) })),
    notices: [...layout.notices, notice],
  });
}

/** Reports names that differ only in case, blanks or Unicode form. */
function alike(layout: FolderLayout): FolderLayout {
  const groups = new Map<string, string[]>();
  for (const name of layout.classNames) {
    const key = name
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\s_-]+/g, "");
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  const names = [...groups.values()].filter((group) => group.length > 1).flat();
  if (names.length === 0) return layout;
  return { ...layout, notices: [...layout.notices, { kind: "classes-alike", names, count: names.length }] };
}
