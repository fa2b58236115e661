/**
 * Finds the tables in a selection by their content and extracts their images. Other files
 * are left to be read by their folders.
 */
import type { DatasetNotice, DatasetPart, RejectedFile } from "../../../protocol/dataset";
import type { FoundFile } from "../files";
import type { NameList } from "../labels/class-names";
import { labelImages } from "../labels/label-images";
import { partsOfLists } from "../labels/part-list";
import { readShards } from "../labels/shards";
import { Rejection } from "../rejection";
import type { Source } from "../source";
import { batchSources, checkCounts, type LabeledBatch } from "./batch";
import { cifarBinary, cifarClassNames, cifarPickle } from "./cifar";
import { type Findings, sortIn } from "./findings";
import type { ImageStack } from "./image-array";
import type { Label } from "./label-list";
import { pairUp, type Read } from "./pairing";
import { sheetBatch, unmarkedLabels } from "./sheet-pairs";
import { folderOf } from "./table-names";

export interface TablesFound {
  readonly sources: readonly Source[];
  readonly rejected: readonly RejectedFile[];
  /** Files that do not belong to a table. */
  readonly rest: readonly FoundFile[];
  readonly notices: readonly DatasetNotice[];
  /** Classes given by lists of files; empty if there is no such list. */
  readonly listed: ReadonlySet<string>;
  readonly nameLists: readonly NameList[];
  /** Parts of files named by a list without labels, by path. */
  readonly parts: ReadonlyMap<string, DatasetPart>;
  /** A file of boxes within images, if any. */
  readonly boxes: string | undefined;
}

/** Maximum number of candidate sheets, each of which is read whole to distinguish it from photographs. */
const MOST_SHEETS = 64;

type Labels = readonly Label[] | Uint8Array;

export async function readTables(files: readonly FoundFile[]): Promise<TablesFound> {
  const shards = await readShards(files);
  const found = await sortIn(shards.rest);
  const desk = createDesk(found);
  desk.sources.push(...shards.sources);
  desk.rejected.push(...shards.rejected);
  for (const batch of found.batches) desk.take(batch.path, () => batch);
  readCifar(found, desk);
  const labelFiles: Read<Labels>[] = [...found.labels, ...found.unmarked];
  const arrays = pairUp<ImageStack, Labels>(found.stacks, labelFiles);
  for (const { images, labels } of arrays.pairs) {
    desk.take(images.file.path, () => ({
      ...arrayBatch(images, labels),
      classNames: desk.classNames(images.file),
    }));
  }
  for (const { file } of arrays.images) {
    desk.reject(
      file,
      new Rejection("unlabelled", "Images without labels: no file of the selection has theirs."),
    );
  }
  const withoutSheets = await readSheets(found, arrays.labels, desk);
  return labelTheRest(found, withoutSheets, desk);
}

/** Collects the results of reading. */
interface Desk {
  readonly sources: Source[];
  readonly rejected: RejectedFile[];
  readonly take: (path: string, batchOf: () => LabeledBatch) => void;
  readonly reject: (file: FoundFile, rejection: Rejection) => void;
  /** Class names from the list in a file's folder, or from the only list. */
  readonly classNames: (file: FoundFile) => readonly string[] | undefined;
}

function createDesk(found: Findings): Desk {
  const sources: Source[] = [];
  const rejected: RejectedFile[] = [...found.rejected];
  const metas = found.pickles.flatMap(({ file, content }) => {
    const names = cifarClassNames(content);
    return names ? [{ file, content: names }] : [];
  });
  const lists = [...found.classLists, ...metas].filter(
    ({ content }) => new Set(content).size === content.length,
  );
  return {
    sources,
    rejected,
    reject: (file, rejection) => void rejected.push(rejection.of(file.path)),
    take: (path, batchOf) => {
      try {
        const reading = batchSources(batchOf());
        for (const source of reading.sources) sources.push(source);
        for (const file of reading.rejected) rejected.push(file);
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        rejected.push(error.of(path));
      }
    },
    classNames: ({ path }) => {
      const near = lists.filter(({ file }) => folderOf(file.path) === folderOf(path));
      const candidates = near.length > 0 ? near : lists;
      // The longer of CIFAR-100's two lists names the fine classes, which are used.
      const longest = Math.max(0, ...candidates.map(({ content }) => content.length));
      const [first, second] = candidates.filter(({ content }) => content.length === longest);
      return second ? undefined : first?.content;
    },
  };
}

function readCifar(found: Findings, desk: Desk): void {
  for (const { file, content } of found.cifar) {
    desk.take(file.path, () => cifarBinary(file.path, content, desk.classNames(file)));
  }
  for (const { file, content } of found.pickles) {
    if (cifarClassNames(content)) continue;
    desk.take(file.path, () => cifarPickle(file.path, content, desk.classNames(file)));
  }
}

/** Throws a `Rejection`. */
function arrayBatch({ file, content }: Read<ImageStack>, labels: Read<Labels>): LabeledBatch {
  const { path } = labels.file;
  const list =
    labels.content instanceof Uint8Array ? unmarkedLabels(labels.content, content.count) : labels.content;
  if (!list) throw new Rejection("label-mismatch", `«${path}» holds no labels for ${content.count} images.`);
  checkCounts(content.count, list.length, path);
  return { path: file.path, labels: list, image: async (index) => content.image(index) };
}

/** Returns the files that are not sheets. */
async function readSheets(
  found: Findings,
  labels: readonly Read<Labels>[],
  desk: Desk,
): Promise<readonly FoundFile[]> {
  if (labels.length === 0) return found.rest;
  const images: Read<undefined>[] = found.rest.map((file) => ({ file, content: undefined }));
  const sheets = found.rest.length > MOST_SHEETS ? [] : pairUp<undefined, Labels>(images, labels).pairs;
  for (const pair of sheets) {
    const { file } = pair.images;
    try {
      const sheet = { file, content: await file.read() };
      const classNames = desk.classNames(file);
      desk.take(file.path, () => ({ ...sheetBatch(sheet, pair.labels), classNames }));
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      desk.reject(file, error);
    }
  }
  for (const list of labels) {
    if (sheets.some((pair) => pair.labels === list)) continue;
    desk.reject(
      list.file,
      new Rejection("label-mismatch", "Labels, but the selection holds no images for them."),
    );
  }
  return found.rest.filter((file) => !sheets.some((pair) => pair.images.file === file));
}

/** Applies tables of labels to the remaining images; a table that names neither images nor classes also remains. */
function labelTheRest(found: Findings, files: readonly FoundFile[], desk: Desk): TablesFound {
  const tables = found.csv.map(({ content }) => content);
  const labeled = labelImages(tables, files);
  const nameLists = found.nameLists.filter(({ path }) => !labeled.labelling.has(path));
  const listing = new Set(nameLists.map(({ path }) => path));
  const idle = found.csv.map(({ file }) => file).filter(({ path }) => !labeled.used.has(path));
  const guessed = found.guessed.filter((path) => labeled.used.has(path) || listing.has(path));
  return {
    sources: [...desk.sources, ...labeled.sources],
    rejected: [...desk.rejected, ...labeled.rejected.filter(({ path }) => !listing.has(path))],
    rest: [...idle.filter(({ path }) => !listing.has(path)), ...labeled.rest],
    notices: [
      ...labeled.notices,
      ...guessed.map(
        (path) => ({ kind: "encoding-guessed", names: [path, "Windows-1252"], count: 1 }) as const,
      ),
    ],
    listed: labeled.classes,
    nameLists,
    parts: partsOfLists(found.partLists, files),
    boxes: found.boxes[0],
  };
}
