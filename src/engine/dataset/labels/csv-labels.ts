import type { DatasetPart, RejectedFile } from "../../../protocol/dataset";
import type { FoundFile } from "../files";
import { cleanPath } from "../layout/paths";
import { Rejection } from "../rejection";
import type { Placement, Source } from "../source";
import type { TableReading } from "../tables/batch";
import { partOfPath, partOfWord } from "../tables/table-names";

/** A table of texts in a selection that holds images, too. */
export interface LabelTable {
  readonly path: string;
  readonly rows: readonly (readonly string[])[];
}

const labelHeaders =
  /^(label|labels|class|classes|class_?name|category|target|y|label_?name|species|breed)$/i;
const partHeaders = /^(split|set|subset|part|partition)$/i;

/** The last part of paths counts where a table names files without their folders, or without their endings. */
function createFinder(images: readonly FoundFile[]): (named: string) => FoundFile | undefined {
  const byName = new Map<string, FoundFile | undefined>();
  const offer = (name: string, file: FoundFile) => {
    // Two files of one name: none of them is meant by it alone.
    byName.set(name, byName.has(name) && byName.get(name) !== file ? undefined : file);
  };
  for (const file of images) {
    const segments = file.path.split("/");
    for (let from = 0; from < segments.length; from++) {
      const suffix = segments.slice(from).join("/");
      offer(suffix, file);
      const ending = suffix.lastIndexOf(".");
      if (ending > 0) offer(suffix.slice(0, ending), file);
    }
  }
  return (named) => {
    const path = cleanPath(named.trim());
    return path ? byName.get(path) : undefined;
  };
}

interface Columns {
  readonly file: number;
  readonly label: number;
  readonly part: number | undefined;
  /** Rows without the one of titles. */
  readonly rows: LabelTable["rows"];
}

interface Labelled extends TableReading {
  /** Paths of the tables that name images. */
  readonly used: ReadonlySet<string>;
  /** Images, where no table labels any. */
  readonly rest: readonly FoundFile[];
}

/**
 * Labels images by tables that name them. Where one does, images that none names are rejected, as are those that two
 * rows label differently.
 */
export function labelImages(tables: readonly LabelTable[], images: readonly FoundFile[]): Labelled {
  const find = createFinder(tables.length > 0 ? images : []);
  const placements = new Map<FoundFile, Placement | Rejection>();
  const rejected: RejectedFile[] = [];
  const used = new Set<string>();
  for (const table of tables) {
    try {
      const columns = columnsOf(table, find, images.length);
      if (!columns) continue;
      used.add(table.path);
      rejected.push(...place(table, columns, find, placements));
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      used.add(table.path);
      rejected.push(error.of(table.path));
    }
  }
  if (placements.size === 0) return { sources: [], rejected, used, rest: images };
  const sources: Source[] = [];
  for (const file of images) {
    const placed =
      placements.get(file) ?? new Rejection("unlabelled", "No row of the table of labels names it.");
    if (placed instanceof Rejection) rejected.push(placed.of(file.path));
    else sources.push({ path: file.path, placed, read: file.read });
  }
  return { sources, rejected, used, rest: [] };
}

function place(
  { path }: LabelTable,
  columns: Columns,
  find: (named: string) => FoundFile | undefined,
  placements: Map<FoundFile, Placement | Rejection>,
): RejectedFile[] {
  const missing: string[] = [];
  const tablePart = partOfPath(path);
  for (const row of columns.rows) {
    const named = row[columns.file] ?? "";
    const file = find(named);
    const className = (row[columns.label] ?? "").trim().normalize("NFC");
    if (!file) missing.push(named);
    else if (className === "") {
      placements.set(file, new Rejection("unlabelled", `«${path}» names it, but gives it no label.`));
    } else {
      const stated = columns.part === undefined ? undefined : partOfWord(row[columns.part] ?? "");
      const part: DatasetPart | undefined = stated ?? tablePart ?? partOfPath(file.path);
      const before = placements.get(file);
      if (before instanceof Rejection) continue;
      const differs = before !== undefined && before.className !== className;
      const detail = `It is labelled both «${before?.className}» and «${className}».`;
      placements.set(file, differs ? new Rejection("label-mismatch", detail) : { className, part });
    }
  }
  if (missing.length === 0) return [];
  const detail = `It names ${missing.length} images that are not in the selection, such as «${missing[0]?.slice(0, 80)}».`;
  return [new Rejection("label-mismatch", detail).of(path)];
}

/** The column of names is the one most of whose fields are images here, or that names most of the images. */
function columnsOf(
  { rows }: LabelTable,
  find: (named: string) => FoundFile | undefined,
  images: number,
): Columns | undefined {
  const [titles = []] = rows;
  const hits = titles.map((_, column) => rows.filter((row) => find(row[column] ?? "")).length);
  const most = Math.max(0, ...hits);
  // A number here and there may be some file's name by chance.
  if (2 * most <= Math.min(rows.length - 1, images)) return undefined;
  const file = hits.indexOf(most);
  const hasTitles = !find(titles[file] ?? "");
  const others = titles.flatMap((_, column) => (column === file ? [] : [column]));
  const titled = (pattern: RegExp) =>
    hasTitles ? others.find((column) => pattern.test((titles[column] ?? "").trim())) : undefined;
  const part = titled(partHeaders);
  const candidates = others.filter((column) => column !== part);
  const label = titled(labelHeaders) ?? (candidates.length === 1 ? candidates[0] : undefined);
  if (label === undefined) {
    const listed = hasTitles ? ` among ${titles.map((title) => `«${title.slice(0, 20)}»`).join(", ")}` : "";
    throw new Rejection("unsupported-table", `No column${listed.slice(0, 300)} is called «label».`);
  }
  return { file, label, part, rows: hasTitles ? rows.slice(1) : rows };
}
