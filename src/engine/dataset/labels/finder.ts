/** Finds the files that a table names, even if the table or the files were moved. */
import type { DatasetPart } from "../../../protocol/dataset";
import type { FoundFile } from "../files";
import { partNameOf } from "../layout/folder-words";
import { folderOf, nameOf, namesImage, withoutEnding } from "../layout/paths";
import { partOfPath } from "../tables/table-names";

/** The way a field names a file, from the most specific (whole names) to the least (bare numbers). */
export type Naming = "whole" | "stem" | "number";

export interface Match {
  readonly naming: Naming;
  /** The file, or several that match equally well. */
  readonly files: readonly FoundFile[];
  /** The beginning of the field, before the part that matches the file's path; "" if all of it matches. */
  readonly unmatched: string;
  /** True if it matches only when case is ignored. */
  readonly ignoresCase: boolean;
  /** True if the file has another ending, as after a conversion. */
  readonly ignoresEnding?: true;
}

export type Find = (named: string) => Match | undefined;

interface Indexed {
  readonly file: FoundFile;
  /** Segments of the path; in the index of stems, the last one has no extension. */
  readonly segments: readonly string[];
}

type Index = ReadonlyMap<string, readonly Indexed[]>;

export interface Finder {
  /** Returns the lookup for the fields of one table. */
  readonly of: (tablePath: string) => Find;
}

export function createFinder(images: readonly FoundFile[]): Finder {
  const whole = indexOf(images, (name) => name);
  const stems = indexOf(images, withoutEnding);
  const values = indexOf(images, (name) => withoutZeros(withoutEnding(name)));
  return {
    of: (tablePath) => {
      const folder = folderOf(tablePath).split("/").slice(0, -1);
      const part = partOfPath(nameOf(tablePath));
      const find = (segments: readonly string[]): Match | undefined => {
        const last = segments.at(-1);
        if (last === undefined) return undefined;
        const found = look(whole, segments, folder, part);
        if (found) return { ...found, naming: "whole" };
        const bare = look(stems, segments, folder, part);
        const isNumber = /^\d+$/.test(last);
        if (bare) return { ...bare, naming: isNumber ? "number" : "stem" };
        if (isNumber) {
          const counted = look(values, [...segments.slice(0, -1), withoutZeros(last)], folder, part);
          return counted && { ...counted, naming: "number" };
        }
        if (!namesImage(last)) return undefined;
        const converted = look(stems, [...segments.slice(0, -1), withoutEnding(last)], folder, part);
        return converted && { ...converted, naming: "whole", ignoresEnding: true };
      };
      return (named) => find(segmentsOf(named)) ?? find(segmentsOf(unescaped(named)));
    },
  };
}

/** `0007` and `7` are the same number. */
const withoutZeros = (digits: string): string =>
  /^\d+$/.test(digits) ? digits.replace(/^0+(?=\d)/, "") : digits;

/** Blanks and letters in addresses are written as codes, such as `%20`. */
function unescaped(named: string): string {
  if (!/%[0-9a-f]{2}/i.test(named)) return "";
  try {
    return decodeURIComponent(named);
  } catch {
    return "";
  }
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

/** Segments of a path in any system's notation, or of a URL. */
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

/** Tries the table's own folder, then the longest common suffix, then the same ignoring case. */
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
  // Several have one stem, such as those of `1.jpg` and `1.png`.
  const own = beside.filter(
    ({ segments }) =>
      segments.length === folder.length + named.length && endOf(segments, named, same) === named.length,
  );
  if (own.length > 0) return { files: own.map(({ file }) => file), unmatched: "", ignoresCase };
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

/** Of several with equally long common suffixes, picks the one whose suffix is longer when case is ignored. */
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

/** Neither `test.csv` nor a path in `test/` refers to a file in `train/`. */
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
  // A validation list may divide the images of train/.
  const isForeign = (candidate: Indexed) => {
    const own = partsOf(candidate);
    return own.length > 0 && (namedPart !== undefined || wanted === "test" || own.includes("test"));
  };
  return candidates.filter((candidate) => !isForeign(candidate));
}
