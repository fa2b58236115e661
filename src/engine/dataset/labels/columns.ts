/** Finds a table's column of file names and its column of classes. */
import type { DatasetPart } from "../../../protocol/dataset";
import { Rejection } from "../rejection";
import { partOfWord } from "../tables/table-names";
import type { Find, Match, Naming } from "./finder";

export type Rows = readonly (readonly string[])[];

/** A text table in a selection that also has images. */
export interface LabelTable {
  readonly path: string;
  /**
   * The rows, the first of which may have titles. If a text can be split into columns in several ways, each of them.
   */
  readonly cuts: readonly Rows[];
  /** True if the first row has titles; undefined if unknown. */
  readonly isTitled?: boolean;
}

export interface Columns {
  readonly file: number;
  /** True if its fields are bare numbers. */
  readonly isNumbered: boolean;
  readonly label: number | undefined;
  /** One-hot columns, one per class, if these give the label. */
  readonly flags: readonly number[];
  readonly part: number | undefined;
  readonly titles: readonly string[] | undefined;
  /** The rows without the titles. */
  readonly rows: Rows;
  /** Titles of other columns that could have been the label. */
  readonly passedOver: readonly string[];
}

/** In order of precedence. */
const labelTitles: readonly RegExp[] = [
  /^(label|class|category|target|breed|species)[\s_-]?(name|text)s?$/i,
  /^labels?$/i,
  /^class(es)?$/i,
  /^categor(y|ies)$/i,
  /^(targets?|truth|ground[\s_-]?truth)$/i,
  /^(class|label|category|target)[\s_-]?(id|idx|index|no|number|code)s?$|^y$/i,
  /^(breed|species|diagnosis|dx|emotion|variety|genus|kind|type|cls|choices?|tags?|annotation)$/i,
];
const partTitles = /^(split|set|subset|part|partition|data[\s_-]?set|ml[\s_-]?use|purpose|usage)$/i;
/** A yes/no column for one part, as in fast.ai's lists. */
const flagTitles = /^is[\s_-]?(valid|validation|val|test|train)$/i;
const fileTitles =
  /^#?\s*(file|files|file[\s_-]?names?|file[\s_-]?paths?|path|paths|image|images|image[\s_-]?(id|name|path|file)s?|img|img[\s_-]?(id|name|path|file)s?|photo|picture|filename)$/i;
const idTitles = /^(id|name|index|key|uid|uuid)$/i;
/** A column of numbers with another title, such as an age, names no files. */
const numberTitles =
  /^$|id|idx|index|key|num|name|n[or]\.?$|case|patient|subject|sample|slide|scan|frame|file|path|im(age|g)|photo|pic|foto|bild|datei|unnamed/i;
const otherFileTitles = /mask|segm|annot|label|truth|depth|pair|source|original|prev|next|left|right|thumb/i;

/** Number of rows checked to see whether a column names images. */
const SAMPLE = 500;

const ranks: Readonly<Record<Naming, number>> = { whole: 3, stem: 2, number: 1 };

interface Candidate {
  readonly column: number;
  readonly rank: number;
  /** Number of distinct files that it names. */
  readonly files: number;
}

/** Returns undefined for a table that names no images. Throws a `Rejection` if it names some but is ambiguous. */
export function columnsOf(table: LabelTable, find: Find, images: number): Columns | undefined {
  let reason: Rejection | undefined;
  for (const rows of table.cuts) {
    try {
      const columns = columnsIn(rows, table.isTitled, find, images);
      if (columns) return columns;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      reason ??= error;
    }
  }
  if (reason) throw reason;
  return undefined;
}

function columnsIn(
  all: Rows,
  isTitled: boolean | undefined,
  find: Find,
  images: number,
): Columns | undefined {
  const width = Math.max(0, ...all.slice(0, 2).map((row) => row.length));
  const matches = Array.from({ length: width }, (_, column) => {
    const look = (row: readonly string[]) => find(row[column] ?? "");
    // Most columns of a wide table name no files.
    return all.slice(0, SAMPLE).some(look) ? all.map(look) : [];
  });
  const candidates = matches.flatMap((own, column) => candidateOf(own, column) ?? []);
  const [head = []] = all;
  const saysLabel = head.some((title) => labelTitles.some((pattern) => pattern.test(title.trim())));
  const enough = candidates.filter((candidate) => namesEnough(candidate, all.length - 1, images, saysLabel));
  const best = Math.max(0, ...enough.map(({ rank }) => rank));
  const rivals = enough.filter(({ rank }) => rank === best);
  if (rivals.length === 0) return undefined;
  const firstNames = rivals.some(({ column }) => matches[column]?.[0] !== undefined);
  const titles =
    (isTitled ?? !firstNames) ? head.map((title) => title.replace(/^#\s*/, "").trim()) : undefined;
  const file = fileColumn(rivals, matches, titles, all);
  const isNumbered = best === ranks.number;
  if (isNumbered && titles && !numberTitles.test(titles[file] ?? "")) {
    const title = (titles[file] ?? "").slice(0, 20);
    throw new Rejection("unsupported-table", `Only the numbers in its column «${title}» could name images.`);
  }
  const rows = titles ? all.slice(1) : all;
  return { file, isNumbered, ...labelColumns(rows, titles, width, file), titles, rows };
}

/**
 * A few numbers may match file names by chance, so in a column of numbers nearly all must match, and for many
 * images, unless a title says that there are labels.
 */
function namesEnough({ rank, files }: Candidate, rows: number, images: number, saysLabel: boolean): boolean {
  if (rank === ranks.number && !saysLabel) return 10 * files >= 9 * rows && 4 * files > images;
  return 2 * files > Math.min(rows, images);
}

function candidateOf(matches: readonly (Match | undefined)[], column: number): Candidate | undefined {
  const byRank = new Map<number, Set<string>>();
  for (const match of matches) {
    if (!match) continue;
    const rank = ranks[match.naming];
    const files = byRank.get(rank) ?? new Set<string>();
    byRank.set(rank, files);
    for (const { path } of match.files) files.add(path);
  }
  const counts = [...byRank].map(([rank, { size }]) => ({ rank, size }));
  const files = counts.reduce((sum, { size }) => sum + size, 0);
  const most = counts.sort((a, b) => b.size - a.size || b.rank - a.rank)[0];
  return most && { column, rank: most.rank, files };
}

/** Throws a `Rejection` if several columns fit and name different files. */
function fileColumn(
  rivals: readonly Candidate[],
  matches: readonly (readonly (Match | undefined)[])[],
  titles: readonly string[] | undefined,
  rows: Rows,
): number {
  const titleRank = ({ column }: Candidate) => {
    const title = titles?.[column] ?? "";
    if (fileTitles.test(title)) return 3;
    if (idTitles.test(title)) return 2;
    return otherFileTitles.test(title) ? 0 : 1;
  };
  const top = Math.max(...rivals.map(titleRank));
  const [first, ...others] = rivals.filter((rival) => titleRank(rival) === top);
  const chosen = first as Candidate;
  for (const { column } of others) {
    const at = rows.findIndex((_, row) => {
      const [own, other] = [matches[chosen.column]?.[row], matches[column]?.[row]];
      return own && other && own.files[0] !== other.files[0];
    });
    if (at < 0) continue;
    const [own, other] = [rows[at]?.[chosen.column] ?? "", rows[at]?.[column] ?? ""];
    const detail = `Two of its columns name images, and different ones in the same row: «${own.slice(0, 80)}» and «${other.slice(0, 80)}».`;
    throw new Rejection("label-mismatch", detail);
  }
  return chosen.column;
}

type LabelColumns = Pick<Columns, "label" | "flags" | "part" | "passedOver">;

function labelColumns(
  rows: Rows,
  titles: readonly string[] | undefined,
  width: number,
  file: number,
): LabelColumns {
  const others = Array.from({ length: width }, (_, column) => column).filter((column) => column !== file);
  const titled = (pattern: RegExp) => others.filter((column) => pattern.test(titles?.[column]?.trim() ?? ""));
  const saysPart = (column: number, share: "some" | "every") =>
    rows[share]((row) => partOfWord(row[column] ?? "") !== undefined);
  const part =
    titled(partTitles).find((column) => saysPart(column, "some")) ??
    titled(flagTitles).find((column) => rows.every((row) => truth(row[column]) !== undefined)) ??
    others.find((column) => rows.length > 1 && saysPart(column, "every"));
  const free = others.filter((column) => column !== part);
  const plain = { flags: [], part, passedOver: [] };
  const known = labelTitles.flatMap((pattern) => titled(pattern)).filter((column) => free.includes(column));
  const [first, ...passed] = known;
  if (first !== undefined) {
    const differing = passed.filter((column) => !sayTheSame(rows, first, column));
    return { ...plain, label: first, passedOver: differing.map((column) => titles?.[column] ?? "") };
  }
  const flags = titles ? oneHot(rows, free) : [];
  if (flags.length > 1) return { ...plain, label: undefined, flags };
  const texts = free.filter((column) => isLabelLike(rows, column, true, 1));
  const [text, secondText] = texts;
  const [only, second] = free;
  if (only !== undefined && second === undefined && isLabelLike(rows, only, false, titles ? 3 : 1)) {
    return { ...plain, label: only };
  }
  // The only column of words among numbers such as box coordinates.
  if (!titles && text !== undefined && secondText === undefined) return { ...plain, label: text };
  const listed = titles ? ` among ${titles.map((title) => `«${title.slice(0, 20)}»`).join(", ")}` : "";
  throw new Rejection(
    "unsupported-table",
    `It names images, but no column${listed.slice(0, 300)} says a class.`,
  );
}

function truth(field: string | undefined): boolean | undefined {
  const word = field?.trim().toLowerCase();
  if (word === "true" || word === "1" || word === "yes") return true;
  return word === "false" || word === "0" || word === "no" ? false : undefined;
}

/** Returns the part that a row states, as a word or as yes or no. */
export function partInRow(
  row: readonly string[],
  { part, titles }: Pick<Columns, "part" | "titles">,
): DatasetPart | undefined {
  if (part === undefined) return undefined;
  const field = row[part] ?? "";
  const asked = flagTitles.exec(titles?.[part] ?? "")?.[1];
  if (asked === undefined) return partOfWord(field);
  const own = partOfWord(asked);
  return truth(field) ? own : own === "train" ? undefined : "train";
}

/**
 * Tells whether a table numbers the images otherwise than their names do: `6 cat/1.png`. Numbers in other tables beside
 * it are then not those of the names.
 */
export function renumbers({ cuts }: LabelTable, find: Find): boolean {
  return cuts.some((rows) => {
    const some = rows.slice(0, SAMPLE);
    const width = Math.max(0, ...some.slice(0, 2).map((row) => row.length));
    const fileOf = (row: readonly string[], column: number, naming: "whole" | "number") => {
      const match = find(row[column] ?? "");
      return match?.naming === naming ? match.files[0] : undefined;
    };
    const columns = Array.from({ length: width }, (_, column) => column);
    const named = columns.find(
      (column) => 2 * some.filter((row) => fileOf(row, column, "whole")).length > some.length,
    );
    if (named === undefined) return false;
    return columns.some((column) => {
      const ids = new Set(some.map((row) => row[column]));
      if (column === named || ids.size < some.length) return false;
      return some.some((row) => {
        const [own, other] = [fileOf(row, named, "whole"), fileOf(row, column, "number")];
        return own !== undefined && other !== undefined && own !== other;
      });
    });
  });
}

const isNumber = (field: string) => /^[+-]?\d+([.,]\d+)?(e[+-]?\d+)?$/i.test(field);

/**
 * Tells whether a column may be of labels: from `from` rows on values must repeat, since classes are not unique to an
 * image.
 */
function isLabelLike(rows: Rows, column: number, wordsOnly: boolean, from: number): boolean {
  const fields = rows.map((row) => (row[column] ?? "").trim()).filter((field) => field !== "");
  if (fields.length === 0) return false;
  if (wordsOnly && fields.some(isNumber)) return false;
  return fields.length < from || new Set(fields).size < fields.length;
}

/** Tells whether two columns correspond one to one, such as names and their numbers. */
function sayTheSame(rows: Rows, one: number, other: number): boolean {
  const [there, back] = [new Map<string, string>(), new Map<string, string>()];
  return rows.every((row) => {
    const [a, b] = [row[one] ?? "", row[other] ?? ""];
    const fits = (there.get(a) ?? b) === b && (back.get(b) ?? a) === a;
    there.set(a, b);
    back.set(b, a);
    return fits;
  });
}

/** Returns the columns of 0 and 1 if there are at least two and nearly all rows have exactly one 1. */
function oneHot(rows: Rows, columns: readonly number[]): readonly number[] {
  const flags = columns.filter((column) =>
    rows.every((row) => /^[01](\.0*)?$/.test((row[column] ?? "").trim())),
  );
  if (flags.length < 2) return [];
  const single = rows.filter((row) => flags.filter((column) => Number(row[column]) === 1).length === 1);
  return 10 * single.length >= 9 * rows.length ? flags : [];
}
