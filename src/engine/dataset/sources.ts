import { type FileEntry, importLimits, type RejectedFile } from "../../protocol/dataset";
import { openContainers } from "./archives/containers";
import { blobFile, type FoundFile } from "./files";
import { cleanPath, comparePaths, isLeftover } from "./layout/paths";
import { DatasetProblemError, tooManyFiles } from "./problems";
import { Rejection } from "./rejection";
import type { Source } from "./source";
import { readTables } from "./tables/read-tables";

export interface Listing {
  /** By path, ascending, whatever the order of the selection. */
  readonly sources: readonly Source[];
  readonly rejected: readonly RejectedFile[];
  readonly ignored: number;
}

/** What a selection holds: its files, what its archives hold, and the images in its tables. */
export async function listSources(entries: readonly FileEntry[]): Promise<Listing> {
  const opened = await openContainers(
    // The browser's directory entries have paths that begin with "/", which means their selection.
    entries.map(({ path, file }) => ({ found: blobFile(path.replace(/^\/+/, ""), file), blob: file })),
  );
  const { files, rejected, ignored } = collect(opened.files);
  const tables = await readTables(files);
  const sources = [...tables.sources, ...tables.rest.map(({ path, read }) => ({ path, read }))];
  refuseMany(sources.length);
  return {
    sources: sources.sort((a, b) => comparePaths(a.path, b.path)),
    rejected: [...opened.rejected, ...rejected, ...tables.rejected],
    ignored,
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

/** Sorts out what is no candidate by its path, and puts the rest in order. */
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
