import type { RejectedFile } from "../../../protocol/dataset";
import type { FoundFile } from "../files";
import { holdsBoxes } from "../labels/boxes";
import { type NameList, nameList } from "../labels/class-names";
import type { LabelTable } from "../labels/columns";
import { decodeText, mayBeText } from "../labels/decode-text";
import { type PartList, partList } from "../labels/part-list";
import { imageNames, textTable } from "../labels/text-tables";
import { namesImage } from "../layout/paths";
import { Rejection } from "../rejection";
import type { LabeledBatch } from "./batch";
import { isCifarBinary, mayBeCifarBinary } from "./cifar";
import { isIdx, readIdx } from "./idx";
import { type ImageStack, imageStack } from "./image-array";
import { arrayLabels, type Label, textLabels } from "./label-list";
import { isNpy, readNpy } from "./npy";
import type { Read } from "./pairing";
import { isParquet, readParquet } from "./parquet";
import { isPickle, type Pickled, readPickle } from "./pickle";
import { isClassList, namesLabels } from "./table-names";

/** The tables of a selection by kind. */
export interface Findings {
  readonly stacks: Read<ImageStack>[];
  readonly labels: Read<readonly Label[]>[];
  /** Binary files named like labels, without a signature. */
  readonly unmarked: Read<Uint8Array>[];
  readonly classLists: Read<readonly string[]>[];
  /** Texts with columns. */
  readonly csv: Read<LabelTable>[];
  /** Lists of class names. */
  readonly nameLists: NameList[];
  /** Lists of the files of a part. */
  readonly partLists: PartList[];
  /** Files of boxes within images. */
  readonly boxes: string[];
  /** Paths of texts with a guessed encoding. */
  readonly guessed: string[];
  readonly cifar: Read<Uint8Array>[];
  readonly pickles: Read<Pickled>[];
  readonly batches: LabeledBatch[];
  readonly rejected: RejectedFile[];
  /** Files not recognized as tables. */
  readonly rest: FoundFile[];
}

const HEAD_BYTES = 512;
const TEXT_BYTES = 64 * 1024 ** 2;
/** In selections of more files than this, only files named like tables are examined. */
const MOST_LOOKS = 2_000;
const noTable = /\.svg$/i;
const tableEnding = /\.(npy|csv|tsv|txt|lst|list|jsonl?|bin|parquet|idx|pkl|pickle)$|ubyte$/i;

/** Examines the files and sorts them by kind; an error in one file affects only that file. */
export async function sortIn(files: readonly FoundFile[]): Promise<Findings> {
  const found: Findings = {
    stacks: [],
    labels: [],
    unmarked: [],
    classLists: [],
    csv: [],
    nameLists: [],
    partLists: [],
    boxes: [],
    guessed: [],
    cifar: [],
    pickles: [],
    batches: [],
    rejected: [],
    rest: [],
  };
  const candidates = files.filter(({ path }) => !namesImage(path) && !noTable.test(path));
  const names = imageNames(files.flatMap(({ path }) => (namesImage(path) ? [path] : [])));
  const few = candidates.length <= MOST_LOOKS;
  const worthALook = new Set(few ? candidates : candidates.filter(({ path }) => tableEnding.test(path)));
  for (const file of files) {
    try {
      if (!worthALook.has(file) || !(await sortOne(file, found, names))) found.rest.push(file);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      found.rejected.push(error.of(file.path));
    }
  }
  return found;
}

/** Returns false for a file that is not a table. */
async function sortOne(file: FoundFile, found: Findings, names: ReadonlySet<string>): Promise<boolean> {
  const head = await file.slice(0, HEAD_BYTES);
  if (head.length === 0) return false;
  if (isIdx(head)) sortArray(file, readIdx(await file.read()), found);
  else if (isNpy(head)) sortArray(file, readNpy(await file.read()), found);
  else if (isParquet(head)) found.batches.push(await readParquet(file));
  else if (isPickle(head)) found.pickles.push({ file, content: readPickle(await file.read()) });
  else return sortUnmarked(file, head, found, names);
  return true;
}

function sortArray(
  file: FoundFile,
  array: ReturnType<typeof readIdx> | ReturnType<typeof readNpy>,
  found: Findings,
): void {
  const labels = arrayLabels(array);
  const stack = labels || "texts" in array ? undefined : imageStack(array);
  const named = "texts" in array && isClassList(file.path);
  if (labels && named) found.classLists.push({ file, content: labels.map(String) });
  else if (labels) found.labels.push({ file, content: labels });
  else if (stack) found.stacks.push({ file, content: stack });
  else {
    const shape = array.shape.join(" × ") || "a single number";
    throw new Rejection(
      "unsupported-table",
      `Its shape, ${shape}, is neither that of images nor that of labels.`,
    );
  }
}

async function sortUnmarked(
  file: FoundFile,
  head: Uint8Array,
  found: Findings,
  names: ReadonlySet<string>,
): Promise<boolean> {
  if (mayBeCifarBinary(file.bytes)) {
    const content = await file.read();
    if (isCifarBinary(content)) found.cifar.push({ file, content });
    if (isCifarBinary(content)) return true;
  }
  if (mayBeText(head) && file.bytes <= TEXT_BYTES) {
    const { text, isGuess } = decodeText(await file.read());
    const isKnown = sortText(file, text, found, names);
    if (isKnown && isGuess) found.guessed.push(file.path);
    return isKnown;
  }
  if (!namesLabels(file.path)) return false;
  found.unmarked.push({ file, content: await file.read() });
  return true;
}

function sortText(file: FoundFile, text: string, found: Findings, names: ReadonlySet<string>): boolean {
  const { path } = file;
  if (holdsBoxes(path, text)) {
    found.boxes.push(path);
    return true;
  }
  if (/^\s*</.test(text)) return false;
  const division = partList(path, text, names);
  if (division) {
    found.partLists.push(division);
    return true;
  }
  const table = textTable(path, text, names);
  const list = nameList(path, text, table);
  if (list) found.nameLists.push(list);
  if (table) {
    found.csv.push({ file, content: table });
    return true;
  }
  const labels = textLabels(text);
  if (labels && isClassList(path)) found.classLists.push({ file, content: labels.map(String) });
  else if (labels && namesLabels(path)) found.labels.push({ file, content: labels });
  else return list !== undefined;
  return true;
}
