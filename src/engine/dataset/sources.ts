import { type FileEntry, importLimits, type RejectedFile } from "../../protocol/dataset";
import { cleanPath, comparePaths, isLeftover } from "./paths";
import { archiveTooLarge, archiveUnreadable, DatasetProblemError, tooManyFiles } from "./problems";
import { Rejection } from "./rejection";
import { isZip, openZip, readZipDirectory, readZipEntry, type ZipEntry, ZipError, type ZipFile } from "./zip";

/** A file that may be an image, wherever it comes from. `read` throws a `Rejection`. */
export interface Source {
  readonly path: string;
  readonly read: () => Promise<Uint8Array<ArrayBuffer>>;
}

export interface Listing {
  /** By path, ascending, whatever the order of the selection. */
  readonly sources: readonly Source[];
  readonly rejected: readonly RejectedFile[];
  readonly ignored: number;
}

/** What a selection holds: the entries of its archive, if it is a single zip file, or its files. */
export async function listSources(entries: readonly FileEntry[]): Promise<Listing> {
  const [only] = entries;
  if (only && entries.length === 1 && (await isReadableZip(only.file))) return listArchive(only.file);
  // The browser's directory entries have paths that begin with "/", which means their selection.
  return collect(
    entries.map(({ path, file }) => ({ path: path.replace(/^\/+/, ""), read: fileReader(file) })),
  );
}

async function isReadableZip(file: Blob): Promise<boolean> {
  try {
    return await isZip(file);
  } catch {
    // It will be rejected, with its reason, when it is read as a file.
    return false;
  }
}

function fileReader(file: Blob): Source["read"] {
  return async () => {
    refuseLarge(file.size);
    try {
      return new Uint8Array(await file.arrayBuffer());
    } catch {
      throw new Rejection(
        "unreadable",
        "The browser could not read it. Was it moved or changed since it was dropped?",
      );
    }
  };
}

function refuseLarge(bytes: number): void {
  if (bytes <= importLimits.fileBytes) return;
  const [size, limit] = [bytes, importLimits.fileBytes].map((value) => Math.ceil(value / 1024 ** 2));
  throw new Rejection("too-large", `The file has ${size} MiB; at most ${limit} MiB are read.`);
}

async function listArchive(file: Blob): Promise<Listing> {
  const { archive, entries } = await open(file);
  const listing = collect(
    entries.map((entry) => ({ path: entry.path, read: entryReader(archive, entry), entry })),
  );
  const unpacked = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (unpacked > importLimits.archiveBytes) {
    throw new DatasetProblemError(archiveTooLarge(unpacked, importLimits.archiveBytes));
  }
  return listing;
}

async function open(file: Blob): Promise<{ archive: ZipFile; entries: readonly ZipEntry[] }> {
  try {
    const archive = await openZip(file);
    return { archive, entries: await readZipDirectory(archive, 2 * importLimits.files) };
  } catch (error) {
    const cause = error instanceof ZipError ? error.message : "the browser could not read it";
    throw new DatasetProblemError(archiveUnreadable(cause));
  }
}

function entryReader(archive: ZipFile, entry: ZipEntry): Source["read"] {
  return async () => {
    refuseLarge(entry.bytes);
    const { packingRatio, packingRatioFrom } = importLimits;
    if (entry.bytes > packingRatioFrom && entry.bytes > packingRatio * entry.packedBytes) {
      const ratio = Math.round(entry.bytes / Math.max(entry.packedBytes, 1));
      throw new Rejection(
        "suspicious-packing",
        `It unpacks to ${ratio} times its packed size, as no photograph does.`,
      );
    }
    try {
      return await readZipEntry(archive, entry);
    } catch (error) {
      if (error instanceof Rejection) throw error;
      throw new Rejection("unreadable", "The browser could not read it from the archive.");
    }
  };
}

/** Sorts out what is no candidate by its path, and puts the rest in order. */
function collect(found: readonly Source[]): Listing {
  const candidates: Source[] = [];
  const rejected: RejectedFile[] = [];
  const seen = new Set<string>();
  let ignored = 0;
  for (const { path: given, read } of found) {
    const path = cleanPath(given);
    if (path === undefined || path === "") {
      rejected.push(new Rejection("unsafe-path", "Its path leads out of the selection.").of(given));
    } else if (isLeftover(path)) {
      ignored++;
    } else if (seen.has(path)) {
      rejected.push(new Rejection("duplicate-path", "A file with the same path came before it.").of(path));
    } else {
      seen.add(path);
      candidates.push({ path, read });
    }
  }
  if (candidates.length > importLimits.files) {
    throw new DatasetProblemError(tooManyFiles(candidates.length, importLimits.files));
  }
  candidates.sort((a, b) => comparePaths(a.path, b.path));
  return { sources: candidates, rejected, ignored };
}
