/** Lists of files without labels, named after a part: `train.txt` and `test.txt` in many benchmarks. */
import type { DatasetPart } from "../../../protocol/dataset";
import type { FoundFile } from "../files";
import { nameOf } from "../layout/paths";
import { partOfPath } from "../tables/table-names";
import { createFinder, segmentsOf } from "./finder";

export interface PartList {
  readonly path: string;
  readonly part: DatasetPart;
  readonly named: readonly string[];
}

const LONGEST_LINE = 1_000;
/** Number of lines checked to recognize a list. */
const SAMPLE = 50;

/** Returns undefined if the lines do not name images or the file's name does not say a part. */
export function partList(path: string, text: string, names: ReadonlySet<string>): PartList | undefined {
  const part = partOfPath(nameOf(path));
  if (!part) return undefined;
  const named = text.split(/\r?\n/).flatMap((line) => line.slice(0, LONGEST_LINE).trim() || []);
  const isImage = (line: string) => names.has((segmentsOf(line).at(-1) ?? "").toLowerCase());
  const isList = named.length > 1 && named.slice(0, SAMPLE).every(isImage);
  return isList ? { path, part, named } : undefined;
}

/** Returns the part of each file that is listed for one part only. */
export function partsOfLists(
  lists: readonly PartList[],
  images: readonly FoundFile[],
): ReadonlyMap<string, DatasetPart> {
  const parts = new Map<string, DatasetPart>();
  const torn = new Set<string>();
  const finder = createFinder(lists.length > 0 ? images : []);
  for (const { path, part, named } of lists) {
    const find = finder.of(path);
    for (const name of named) {
      const [file, second] = find(name)?.files ?? [];
      if (!file || second) continue;
      if ((parts.get(file.path) ?? part) !== part) torn.add(file.path);
      parts.set(file.path, part);
    }
  }
  for (const path of torn) parts.delete(path);
  return parts;
}
