import {
  type DatasetNotice,
  type DatasetPart,
  type FileEntry,
  importLimits,
  type Reading,
  type RejectedFile,
} from "../../protocol/dataset";
import { openContainers } from "./archives/containers";
import { blobFile, type FoundFile } from "./files";
import type { NameList } from "./labels/class-names";
import { archiveFolders } from "./layout/archive-folders";
import { findAsides } from "./layout/asides";
import { cleanPath, comparePaths, isLeftover, namesImage } from "./layout/paths";
import { DatasetProblemError, tooManyFiles } from "./problems";
import { Rejection } from "./rejection";
import type { Source } from "./source";
import { readTables } from "./tables/read-tables";

export interface Listing {
  /** Ascending by path, regardless of the selection's order. */
  readonly sources: readonly Source[];
  readonly rejected: readonly RejectedFile[];
  readonly ignored: number;
  readonly notices: readonly DatasetNotice[];
  /** Folders of archives and their names; a folder without a name has no meaning. */
  readonly archives: ReadonlyMap<string, string | undefined>;
  /** Classes given by lists of files; empty if there is no such list. */
  readonly listed: ReadonlySet<string>;
  readonly nameLists: readonly NameList[];
  /** Parts of files named by a list without labels, by path. */
  readonly parts: ReadonlyMap<string, DatasetPart>;
  /** A file of boxes within images, if any. */
  readonly boxes: string | undefined;
}

/** Wraps images from elsewhere that have labels. */
export const plainListing = (found: Pick<Listing, "sources" | "rejected">): Listing => ({
  ...found,
  ignored: 0,
  notices: [],
  archives: new Map(),
  listed: new Set(),
  nameLists: [],
  parts: new Map(),
  boxes: undefined,
});

/** Lists the contents of a selection: its files, those in its archives, and the images in its tables. */
export async function listSources(
  entries: readonly FileEntry[],
  reading: ReadonlySet<Reading> = new Set(),
): Promise<Listing> {
  const opened = await openContainers(
    // Paths of the browser's directory entries begin with "/", which is the root of the selection.
    entries.map(({ path, file }) => ({ found: blobFile(path.replace(/^\/+/, ""), file), blob: file })),
  );
  const { files, rejected, ignored } = collect(opened.files);
  const asides = withoutAsides(files, reading);
  const tables = await readTables(asides.files);
  const rest = tables.rest.map(({ path, bytes, read }): Source => ({ path, bytes, read }));
  const sources = [...tables.sources, ...rest];
  refuseMany(sources.length);
  return {
    sources: sources.sort((a, b) => comparePaths(a.path, b.path)),
    rejected: [...opened.rejected, ...rejected, ...asides.rejected, ...tables.rejected],
    ignored,
    notices: [...opened.notices, ...asides.notices, ...tables.notices],
    archives: archiveFolders(
      files.map(({ path }) => path),
      opened.archives.flatMap((path) => cleanPath(path) ?? []),
    ),
    listed: tables.listed,
    nameLists: tables.nameLists,
    parts: tables.parts,
    boxes: tables.boxes,
  };
}

interface WithoutAsides {
  readonly files: readonly FoundFile[];
  readonly rejected: readonly RejectedFile[];
  readonly notices: readonly DatasetNotice[];
}

/** Removes masks, so that neither tables nor folders use them as images. */
function withoutAsides(files: readonly FoundFile[], reading: ReadonlySet<Reading>): WithoutAsides {
  if (reading.has("folders")) return { files, rejected: [], notices: [] };
  const asides = findAsides(files.flatMap(({ path }) => (namesImage(path) ? [path] : [])));
  if (asides.size === 0) return { files, rejected: [], notices: [] };
  const names = [...new Set(asides.values())];
  const rejected = [...asides].map(([path, name]) =>
    new Rejection("aside", `«${name}» was taken for a mask or a drawing of what lies beside it.`).of(path),
  );
  return {
    files: files.filter(({ path }) => !asides.has(path)),
    rejected,
    notices: [{ kind: "asides-left-out", names, count: asides.size, offer: "folders" }],
  };
}

function refuseMany(count: number): void {
  if (count > importLimits.files) throw new DatasetProblemError(tooManyFiles(count, importLimits.files));
}

interface Collected {
  readonly files: readonly FoundFile[];
  readonly rejected: readonly RejectedFile[];
  readonly ignored: number;
}

/** Removes files that are not candidates by their path, and sorts the rest. */
function collect(found: readonly FoundFile[]): Collected {
  const files: FoundFile[] = [];
  const rejected: RejectedFile[] = [];
  const seen = new Set<string>();
  let ignored = 0;
  for (const file of found) {
    const path = cleanPath(file.path);
    if (path === undefined || path === "") {
      rejected.push(new Rejection("unsafe-path", "Its path leads out of the selection.").of(file.path));
    } else if (isLeftover(path)) {
      ignored++;
    } else if (seen.has(path)) {
      rejected.push(new Rejection("duplicate-path", "A file with the same path came before it.").of(path));
    } else {
      seen.add(path);
      files.push(path === file.path ? file : { ...file, path });
    }
  }
  refuseMany(files.length);
  return { files: files.sort((a, b) => comparePaths(a.path, b.path)), rejected, ignored };
}
