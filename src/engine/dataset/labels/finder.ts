/** Finds the files that a table names, wherever table and files lie now. */
import type { DatasetPart } from "../../../protocol/dataset";
import type { FoundFile } from "../files";
import { partNameOf } from "../layout/folder-words";
import { folderOf, nameOf, withoutEnding } from "../layout/paths";
import { partOfPath } from "../tables/table-names";

/** How a field names a file; whole names say most, bare numbers least. */
export type Naming = "whole" | "stem" | "number";

export interface Match {
  readonly naming: Naming;
  /** One; or several, none of which is meant more than the others. */
  readonly files: readonly FoundFile[];
  /** What the field has before the part that fits the file's path; "" if it is all of it. */
  readonly unmatched: string;
  /** Only but for upper and lower case. */
  readonly ignoresCase: boolean;
}

export type Find = (named: string) => Match | undefined;

interface Indexed {
  readonly file: FoundFile;
  /** Of the path, the last one without its ending where stems are looked up. */
  readonly segments: readonly string[];
}

type Index = ReadonlyMap<string, readonly Indexed[]>;

export interface Finder {
  /** For the fields of one table. */
  readonly of: (tablePath: string) => Find;
}

export function createFinder(images: readonly FoundFile[]): Finder {
  const whole = indexOf(images, (name) => name);
  const stems = indexOf(images, withoutEnding);
  return {
    of: (tablePath) => {
      const folder = folderOf(tablePath).split("/").slice(0, -1);
      const part = partOfPath(nameOf(tablePath));
      return (named) => {
        const segments = segmentsOf(named);
        const last = segments.at(-1);
        if (last === undefined) return undefined;
        const found = look(whole, segments, folder, part);
        if (found) return { ...found, naming: "whole" };
        const bare = look(stems, segments, folder, part);
        return bare && { ...bare, naming: /^\d+$/.test(last) ? "number" : "stem" };
      };
    },
  };
}

function indexOf(images: readonly FoundFile[], nameIn: (name: string) => string): Index {
  const index = new Map<string, Indexed[]>();
  for (const file of images) {
    const segments = file.path.split("/");
    const name = nameIn(segments.pop() ?? "");
    segments.push(name);
    const key = name.toLowerCase();
    const own = index.get(key);
    if (own) own.push({ file, segments });
    else index.set(key, [{ file, segments }]);
  }
  return index;
}

/** Of a path as any machine writes it, or an address. */
export function segmentsOf(named: string): readonly string[] {
  const path = named
    .trim()
    .replace(/^[a-z][a-z+.-]+:\/\//i, "")
    .replace(/^[a-z]:/i, "")
    .replaceAll("\\", "/");
  return path
    .normalize("NFC")
    .split("/")
    .filter((segment) => segment !== "" && segment !== "." && segment !== "..");
}

/** The table's own folder first, then the longest common end, then the same without regard to case. */
function look(
  index: Index,
  named: readonly string[],
  folder: readonly string[],
  part: DatasetPart | undefined,
): Omit<Match, "naming"> | undefined {
  const all = index.get((named.at(-1) as string).toLowerCase());
  if (!all) return undefined;
  const exact = all.filter(({ segments }) => segments.at(-1) === named.at(-1));
  const ignoresCase = exact.length === 0;
  const candidates = ignoresCase ? all : exact;
  const same = ignoresCase ? sameButForCase : isSame;
  const beside = candidates.filter(({ segments }) => folder.every((name, at) => segments[at] === name));
  const own = beside.find(
    ({ segments }) =>
      segments.length === folder.length + named.length && endOf(segments, named, same) === named.length,
  );
  if (own) return { files: [own.file], unmatched: "", ignoresCase };
  const pool = folder.length > 0 && beside.length > 0 ? beside : candidates;
  const ends = pool.map(({ segments }) => endOf(segments, named, same));
  const longest = Math.max(...ends);
  const best = closest(
    agreeing(
      pool.filter((_, at) => ends[at] === longest),
      named,
      part,
    ),
    named,
  );
  const unmatched = named.slice(0, named.length - longest).join("/");
  return best.length === 0 ? undefined : { files: best.map(({ file }) => file), unmatched, ignoresCase };
}

/** Of several with ends of one length, the one that goes on but for upper and lower case. */
function closest(candidates: readonly Indexed[], named: readonly string[]): readonly Indexed[] {
  if (candidates.length < 2) return candidates;
  const ends = candidates.map(({ segments }) => endOf(segments, named, sameButForCase));
  const longest = Math.max(...ends);
  return candidates.filter((_, at) => ends[at] === longest);
}

type Same = (a: string | undefined, b: string | undefined) => boolean;
const isSame: Same = (a, b) => a === b;
const sameButForCase: Same = (a, b) => a?.toLowerCase() === b?.toLowerCase();

function endOf(segments: readonly string[], named: readonly string[], same: Same): number {
  let length = 0;
  while (
    length < Math.min(segments.length, named.length) &&
    same(segments.at(-1 - length), named.at(-1 - length))
  )
    length++;
  return length;
}

/** `test.csv` does not mean a file of `train/`, nor does a path in `test/`. */
function agreeing(
  candidates: readonly Indexed[],
  named: readonly string[],
  tablePart: DatasetPart | undefined,
): readonly Indexed[] {
  const saidBy = (folders: readonly string[]) =>
    folders.map(partNameOf).flatMap((said) => (said?.stem === "" ? said.part : []));
  const namedPart = saidBy(named.slice(0, -1)).at(-1);
  const wanted = namedPart ?? tablePart;
  if (!wanted) return candidates;
  const partsOf = ({ segments }: Indexed) => saidBy(segments.slice(0, -1));
  const fitting = candidates.filter((candidate) => partsOf(candidate).includes(wanted));
  if (fitting.length > 0) return fitting;
  // A list for validation may well divide the images of train/.
  const isForeign = (candidate: Indexed) => {
    const own = partsOf(candidate);
    return own.length > 0 && (namedPart !== undefined || wanted === "test" || own.includes("test"));
  };
  return candidates.filter((candidate) => !isForeign(candidate));
}
