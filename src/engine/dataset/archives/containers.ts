import { type DatasetNotice, importLimits, type RejectedFile } from "../../../protocol/dataset";
import { type FoundFile, heldFile, packedFile, refuseBomb, refuseLarge } from "../files";
import { cleanPath, namesImage } from "../layout/paths";
import { archiveTooLarge, archiveUnreadable, DatasetProblemError } from "../problems";
import { Rejection } from "../rejection";
import { gunzip, isGzip } from "./gzip";
import { isTar, readTar } from "./tar";
import {
  isZip,
  openZip,
  readZipDirectory,
  readZipEntry,
  type ZipDirectory,
  type ZipEntry,
  ZipError,
  type ZipFile,
} from "./zip";

/** The contents of a selection after opening its archives. Paths are unchanged from the archives, clean or not. */
export interface Opened {
  readonly files: readonly FoundFile[];
  /** Folders that represent archives. */
  readonly archives: readonly string[];
  readonly rejected: readonly RejectedFile[];
  readonly notices: readonly DatasetNotice[];
}

/** Allows an IDX.gz in a .tar.gz in a .zip. */
const MOST_LAYERS = 3;
const HEAD_BYTES = 512;
/** In selections of more than this many files, only those with an archive's ending are opened. */
const MOST_OPENED = 256;
const archiveEnding = /\.(zip|tar|tgz|gz)$/i;

export interface DroppedFile {
  readonly found: FoundFile;
  readonly blob: Blob;
}

/**
 * Opens zip, tar and gzip files, including nested ones. If an archive is the only file and cannot be read, the whole
 * selection fails; among other files, only the archive is rejected.
 */
export async function openContainers(dropped: readonly DroppedFile[]): Promise<Opened> {
  const [only] = dropped;
  if (!only) return { files: [], archives: [], rejected: [], notices: [] };
  const alone = dropped.length === 1;
  const archives: string[] = [];
  const notices: DatasetNotice[] = [];
  const files: FoundFile[] = [];
  const rejected: RejectedFile[] = [];
  let unpacked = 0;
  const open = async (file: FoundFile, layer: number, blob?: Blob): Promise<void> => {
    try {
      const inner = layer < MOST_LAYERS ? await layerOf(file, blob) : undefined;
      if (!inner) {
        files.push(file);
        return;
      }
      if (inner.guess) notices.push({ kind: "encoding-guessed", names: [file.path, inner.guess], count: 1 });
      unpacked += inner.files.reduce((sum, { bytes }) => sum + bytes, 0);
      if (unpacked > importLimits.archiveBytes) {
        throw new DatasetProblemError(archiveTooLarge(unpacked, importLimits.archiveBytes));
      }
      const isWhole = (alone && layer === 0 && !holdsLooseImages(inner.files)) || inner.kind === "gzip";
      const folder = bareName(file.path);
      if (!isWhole) archives.push(folder);
      // Checking thousands of pictures for archives would unpack every one of them.
      const few = inner.files.length <= MOST_OPENED;
      for (const member of inner.files) {
        const renamed = isWhole ? member : { ...member, path: within(folder, member.path) };
        if (few || archiveEnding.test(member.path)) await open(renamed, layer + 1);
        else files.push(renamed);
      }
    } catch (error) {
      if (error instanceof Rejection && !(alone && layer === 0)) rejected.push(error.of(file.path));
      else if (error instanceof Rejection)
        throw new DatasetProblemError(archiveUnreadable(lowerFirst(error.detail)));
      else throw error;
    }
  };
  const few = dropped.length <= MOST_OPENED;
  for (const { found, blob } of dropped) {
    if (few || archiveEnding.test(found.path)) await open(found, 0, blob);
    else files.push(found);
  }
  return { files, archives, rejected, notices };
}

/** A path that escapes its archive must also escape the selection, so that it is refused. */
function within(folder: string, path: string): string {
  return cleanPath(path) === undefined ? path : `${folder}/${path}`;
}

/** Images outside any folder can only take their folder name from the archive. */
function holdsLooseImages(files: readonly FoundFile[]): boolean {
  const images = files.filter(({ path }) => namesImage(path));
  return images.length > 0 && images.every(({ path }) => !/[\\/]./.test(path));
}

const lowerFirst = (sentence: string) =>
  sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");

interface Layer {
  readonly kind: "zip" | "tar" | "gzip";
  readonly files: readonly FoundFile[];
  /** The encoding guessed for names. */
  readonly guess?: string | undefined;
}

/** The contents of an archive; undefined for any other file. Throws a `Rejection`. */
async function layerOf(file: FoundFile, blob: Blob | undefined): Promise<Layer | undefined> {
  if (namesImage(file.path)) return undefined;
  const head = await headOf(file);
  if (!head) return undefined;
  if (isGzip(head)) {
    refuseLarge(file.bytes);
    const content = await gunzip(await file.read());
    return { kind: "gzip", files: [heldFile(file.path.replace(/\.gz$|(?<=\.t)gz$/i, ""), content)] };
  }
  if (isTar(head)) return { kind: "tar", files: tarFiles(await file.read()) };
  const zip = blob ?? (isZip(head) ? new Blob([await file.read()]) : undefined);
  return zip && isZip(head) ? { kind: "zip", ...(await zipFiles(zip)) } : undefined;
}

/** Unreadable files are rejected where they are used, not here. */
async function headOf(file: FoundFile): Promise<Uint8Array | undefined> {
  try {
    return await file.slice(0, HEAD_BYTES);
  } catch (error) {
    if (error instanceof Rejection) return undefined;
    throw error;
  }
}

function bareName(path: string): string {
  return path.replace(/(\.tar)?\.(zip|gz|tgz|tar|npz)$/i, "");
}

function tarFiles(archive: Uint8Array<ArrayBuffer>): FoundFile[] {
  return readTar(archive, 2 * importLimits.files).map(({ path, content }) => heldFile(path, content));
}

async function zipFiles(blob: Blob): Promise<Omit<Layer, "kind">> {
  const { archive, entries, guess } = await openDirectory(blob);
  return {
    files: entries.map((entry) => packedFile(entry.path, entry.bytes, () => unpack(archive, entry))),
    guess,
  };
}

async function openDirectory(blob: Blob): Promise<ZipDirectory & { readonly archive: ZipFile }> {
  try {
    const archive = await openZip(blob);
    return { archive, ...(await readZipDirectory(archive, 2 * importLimits.files)) };
  } catch (error) {
    const cause = error instanceof ZipError ? error.message : "the browser could not read it";
    throw new Rejection("damaged", `In the zip archive, ${cause}.`);
  }
}

async function unpack(archive: ZipFile, entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  refuseLarge(entry.bytes);
  refuseBomb(entry.bytes, entry.packedBytes);
  try {
    return await readZipEntry(archive, entry);
  } catch (error) {
    if (error instanceof Rejection) throw error;
    throw new Rejection("unreadable", "The browser could not read it from the archive.");
  }
}
