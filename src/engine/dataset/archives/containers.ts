import { importLimits, type RejectedFile } from "../../../protocol/dataset";
import { type FoundFile, heldFile, packedFile, refuseBomb, refuseLarge } from "../files";
import { archiveTooLarge, archiveUnreadable, DatasetProblemError } from "../problems";
import { Rejection } from "../rejection";
import { gunzip, isGzip } from "./gzip";
import { isTar, readTar } from "./tar";
import { isZip, openZip, readZipDirectory, readZipEntry, type ZipEntry, ZipError, type ZipFile } from "./zip";

/** What a selection holds once its archives are opened. Paths are as the archives have them, clean or not. */
export interface Opened {
  readonly files: readonly FoundFile[];
  readonly rejected: readonly RejectedFile[];
}

/** A .tar.gz in a .zip, and an IDX.gz in that. */
const MOST_LAYERS = 3;
const HEAD_BYTES = 512;
/** Selections of more files are folders of images, whose archives, if any, are no part of the dataset. */
const MOST_OPENED = 256;
const imageEnding = /\.(png|jpe?g|jfif|webp|gif|bmp|avif)$/i;

export interface DroppedFile {
  readonly found: FoundFile;
  readonly blob: Blob;
}

/**
 * Opens zip, tar and gzip files, also within each other. An archive that is dropped alone and cannot be read is a
 * problem of the whole; one among other files is rejected.
 */
export async function openContainers(dropped: readonly DroppedFile[]): Promise<Opened> {
  const [only] = dropped;
  if (!only) return { files: [], rejected: [] };
  const alone = dropped.length === 1;
  if (dropped.length > MOST_OPENED) return { files: dropped.map(({ found }) => found), rejected: [] };
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
      unpacked += inner.files.reduce((sum, { bytes }) => sum + bytes, 0);
      if (unpacked > importLimits.archiveBytes) {
        throw new DatasetProblemError(archiveTooLarge(unpacked, importLimits.archiveBytes));
      }
      const prefix = alone || inner.kind === "gzip" ? "" : `${bareName(file.path)}/`;
      // Thousands of pictures are no archives; a look into each of them would unpack it.
      const worthALook = inner.files.length <= MOST_OPENED;
      for (const member of inner.files) {
        const renamed = prefix === "" ? member : { ...member, path: prefix + member.path };
        if (worthALook) await open(renamed, layer + 1);
        else files.push(renamed);
      }
    } catch (error) {
      if (error instanceof Rejection && !(alone && layer === 0)) rejected.push(error.of(file.path));
      else if (error instanceof Rejection)
        throw new DatasetProblemError(archiveUnreadable(lowerFirst(error.detail)));
      else throw error;
    }
  };
  for (const { found, blob } of dropped) await open(found, 0, blob);
  return { files, rejected };
}

const lowerFirst = (sentence: string) =>
  sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");

interface Layer {
  readonly kind: "zip" | "tar" | "gzip";
  readonly files: readonly FoundFile[];
}

/** What a file holds, undefined for one that is no archive. Throws a `Rejection`. */
async function layerOf(file: FoundFile, blob: Blob | undefined): Promise<Layer | undefined> {
  if (imageEnding.test(file.path)) return undefined;
  const head = await headOf(file);
  if (!head) return undefined;
  if (isGzip(head)) {
    refuseLarge(file.bytes);
    const content = await gunzip(await file.read());
    return { kind: "gzip", files: [heldFile(file.path.replace(/\.gz$|(?<=\.t)gz$/i, ""), content)] };
  }
  if (isTar(head)) return { kind: "tar", files: tarFiles(await file.read()) };
  const zip = blob ?? (isZip(head) ? new Blob([await file.read()]) : undefined);
  return zip && isZip(head) ? { kind: "zip", files: await zipFiles(zip) } : undefined;
}

/** A file that cannot be read is rejected where it would be used, not here. */
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

async function zipFiles(blob: Blob): Promise<FoundFile[]> {
  const { archive, entries } = await openDirectory(blob);
  return entries.map((entry) => packedFile(entry.path, entry.bytes, () => unpack(archive, entry)));
}

async function openDirectory(blob: Blob): Promise<{ archive: ZipFile; entries: readonly ZipEntry[] }> {
  try {
    const archive = await openZip(blob);
    return { archive, entries: await readZipDirectory(archive, 2 * importLimits.files) };
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
