import type { DatasetNotice, DatasetPart, RejectedFile } from "../../../protocol/dataset";
import type { FoundFile } from "../files";
import { folderOf, nameOf } from "../layout/paths";
import { Rejection } from "../rejection";
import type { Placement, Source } from "../source";
import { partOfPath } from "../tables/table-names";
import { type Columns, columnsOf, type LabelTable, partInRow, renumbers } from "./columns";
import { createFinder, type Find, type Finder, type Match } from "./finder";

export interface Labeled {
  readonly sources: readonly Source[];
  readonly rejected: readonly RejectedFile[];
  readonly notices: readonly DatasetNotice[];
  /** Paths of the tables that name images, including those that give no classes. */
  readonly used: ReadonlySet<string>;
  readonly labelling: ReadonlySet<string>;
  /** Images not labeled by any table. */
  readonly rest: readonly FoundFile[];
  /** Classes found in the tables; empty if no table labels any image. */
  readonly classes: ReadonlySet<string>;
}

interface Reading {
  readonly table: LabelTable;
  readonly columns: Columns;
  readonly find: Find;
}

/** Names of contest templates to be filled in, whose labels are placeholders. */
const placeholder = /submi(t|ssion)|sample[\s_-]?sub|dummy|baseline/i;

/**
 * Labels images from tables that name them. Rejects images with conflicting labels in two rows, and images that share
 * an ambiguous row.
 */
export function labelImages(tables: readonly LabelTable[], images: readonly FoundFile[]): Labeled {
  const finder = createFinder(tables.length > 0 ? images : []);
  const rejected: RejectedFile[] = [];
  const notices: DatasetNotice[] = [];
  const used = new Set<string>();
  const indexes = new Map(
    tables.flatMap((table) =>
      renumbers(table, finder.of(table.path)) ? [[folderOf(table.path), table.path] as const] : [],
    ),
  );
  const readings = tables.flatMap((table) => {
    try {
      const reading = readTable(table, finder, images.length);
      const index = indexes.get(folderOf(table.path));
      if (reading?.columns.isNumbered && index !== undefined && index !== table.path) throw numberedBy(index);
      if (reading) used.add(table.path);
      return reading ?? [];
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      used.add(table.path);
      rejected.push(error.of(table.path));
      if (error.reason === "label-mismatch")
        notices.push({ kind: "table-refused", names: [table.path, error.detail], count: 1 });
      return [];
    }
  });
  const untrue = readings.filter((reading) => isPlaceholder(reading, readings));
  for (const { table } of untrue) notices.push({ kind: "no-truth", names: [table.path], count: 1 });
  const placements = new Map<FoundFile, Placement | Rejection>();
  for (const reading of readings) {
    if (untrue.includes(reading) || isClassList(reading, readings)) continue;
    const placed = placeRows(reading, placements);
    rejected.push(...placed.rejected);
    notices.push(...placed.notices);
  }
  const sources: Source[] = [];
  const rest: FoundFile[] = [];
  const classes = new Set<string>();
  for (const file of images) {
    const placed = placements.get(file);
    if (!placed) rest.push(file);
    else if (placed instanceof Rejection) rejected.push(placed.of(file.path));
    else {
      classes.add(placed.className);
      sources.push({ path: file.path, bytes: file.bytes, placed, read: file.read });
    }
  }
  const labelling = new Set(readings.map(({ table }) => table.path));
  return { sources, rejected, notices, used, labelling, rest, classes };
}

const numberedBy = (index: string) =>
  new Rejection(
    "unsupported-table",
    `Its numbers are those of «${index}», not those in the names of the images.`,
  );

function readTable(table: LabelTable, finder: Finder, images: number): Reading | undefined {
  const find = finder.of(table.path);
  const columns = columnsOf(table, find, images);
  return columns && { table, columns, find };
}

/** The number of distinct labels in a table. */
function labelsOf({ columns }: Reading): ReadonlySet<string> {
  const { label, rows } = columns;
  return new Set(label === undefined ? columns.flags.map(String) : rows.map((row) => row[label] ?? ""));
}

/** Recognizes a template by its name, or as a held-out table with a single label while other tables have several. */
function isPlaceholder(reading: Reading, all: readonly Reading[]): boolean {
  const { path } = reading.table;
  if (placeholder.test(nameOf(path))) return true;
  const { rows } = reading.columns;
  const isConstant = rows.length > 2 && labelsOf(reading).size === 1 && partOfPath(nameOf(path)) === "test";
  return isConstant && all.some((other) => other !== reading && labelsOf(other).size > 1);
}

/**
 * Recognizes a table of one picture per class, such as pictograms of signs; not for training if another table has
 * images.
 */
function isClassList(reading: Reading, all: readonly Reading[]): boolean {
  const { rows, label } = reading.columns;
  const isList = (one: Reading) => labelsOf(one).size === one.columns.rows.length;
  return (
    label !== undefined &&
    rows.length > 1 &&
    isList(reading) &&
    all.some((other) => other !== reading && !isList(other))
  );
}

type Placed = Pick<Labeled, "rejected" | "notices">;

function placeRows(reading: Reading, placements: Map<FoundFile, Placement | Rejection>): Placed {
  const { columns, table } = reading;
  const { path } = table;
  const tablePart = partOfPath(nameOf(path));
  const matches = columns.rows.map((row) => reading.find(row[columns.file] ?? ""));
  const isElsewhere = strayPrefixes(matches);
  const missing: string[] = [];
  const loose = { end: 0, case: 0, ending: 0, example: "" };
  columns.rows.forEach((row, at) => {
    const named = row[columns.file] ?? "";
    const match = matches[at];
    if (!match || isElsewhere(match.unmatched)) {
      missing.push(named);
      return;
    }
    const [file, second] = match.files as [FoundFile, FoundFile?];
    if (second) {
      const fits = `«${path}» names «${named.slice(0, 80)}», which fits «${file.path}» and «${second.path}».`;
      for (const each of match.files) placements.set(each, new Rejection("label-mismatch", fits));
      return;
    }
    if (match.ignoresEnding) loose.ending++;
    else if (match.ignoresCase) loose.case++;
    else if (match.unmatched !== "") loose.end++;
    if (match.ignoresCase || match.ignoresEnding || match.unmatched !== "") loose.example ||= named;
    const label = labelIn(row, columns, path);
    const stated = partInRow(row, columns);
    const before = placements.get(file);
    if (before instanceof Rejection) return;
    placements.set(file, merged(before, label, stated ?? tablePart));
  });
  return {
    rejected: missing.length > 0 ? [notHere(missing).of(path)] : [],
    notices: noticesOf(table, columns, loose),
  };
}

function merged(
  before: Placement | undefined,
  label: string | Rejection,
  part: DatasetPart | undefined,
): Placement | Rejection {
  if (label instanceof Rejection) return label;
  if (before && before.className !== label) {
    return new Rejection("label-mismatch", `It is labeled both «${before.className}» and «${label}».`);
  }
  const order = /^\d{1,9}$/.test(label) ? Number(label) : undefined;
  return { className: label, order, part: before?.part ?? part, isListed: true };
}

function labelIn(
  row: readonly string[],
  { label, flags, titles }: Columns,
  path: string,
): string | Rejection {
  if (label !== undefined) {
    const name = (row[label] ?? "").trim().normalize("NFC");
    return name || new Rejection("unlabelled", `«${path}» names it, but gives it no label.`);
  }
  const set = flags.filter((column) => Number(row[column]) === 1);
  const [only, second] = set.map((column) => (titles?.[column] ?? "").normalize("NFC"));
  if (only && second === undefined) return only;
  if (set.length === 0) return new Rejection("unlabelled", `«${path}» names it, but gives it no label.`);
  return new Rejection("label-mismatch", `It is labeled both «${only}» and «${second}».`);
}

/** One name in this many may be written differently from the rest. */
const ACCIDENTS = 10;

/**
 * Paths from another machine share a prefix. One with a longer unmatched prefix than the others names a missing file
 * whose suffix happens to match another file.
 */
function strayPrefixes(matches: readonly (Match | undefined)[]): (unmatched: string) => boolean {
  const counts = new Map<string, number>();
  for (const match of matches) {
    if (match) counts.set(match.unmatched, (counts.get(match.unmatched) ?? 0) + 1);
  }
  const isWithin = (outer: string, inner: string) =>
    outer !== inner && (outer === "" || inner.startsWith(`${outer}/`));
  const stray = new Set(
    [...counts]
      .filter(([inner, count]) =>
        [...counts].some(([outer, others]) => ACCIDENTS * others >= count && isWithin(outer, inner)),
      )
      .map(([unmatched]) => unmatched),
  );
  return (unmatched) => stray.has(unmatched);
}

function notHere(missing: readonly string[]): Rejection {
  const detail = `It names ${missing.length} images that are not in the selection, such as «${missing[0]?.slice(0, 80)}».`;
  return new Rejection("label-mismatch", detail);
}

function noticesOf(
  { path }: LabelTable,
  { titles, label, file, passedOver }: Columns,
  loose: Readonly<Record<"end" | "case" | "ending", number>> & { readonly example: string },
): readonly DatasetNotice[] {
  const notices: DatasetNotice[] = [];
  if (loose.end > 0) notices.push({ kind: "matched-by-end", names: [path, loose.example], count: loose.end });
  if (loose.ending > 0)
    notices.push({ kind: "matched-by-stem", names: [path, loose.example], count: loose.ending });
  if (loose.case > 0)
    notices.push({ kind: "matched-by-case", names: [path, loose.example], count: loose.case });
  if (passedOver.length > 0 && titles && label !== undefined) {
    const names = [path, titles[file] ?? "", titles[label] ?? "", ...passedOver];
    notices.push({ kind: "columns-chosen", names, count: passedOver.length });
  }
  return notices;
}
