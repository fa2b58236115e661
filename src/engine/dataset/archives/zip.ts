/**
 * Zip archives (PKWARE's APPNOTE 6.3), unpacked entry by entry on demand. The directory states every entry's size, so that
 * bombs are refused before anything is unpacked.
 */
import { inflateSync } from "fflate";
import { Rejection } from "../rejection";
import { crc32 } from "./crc32";
import { entryNames, type RawName, rawName } from "./entry-names";

export interface ZipEntry {
  readonly path: string;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly crc: number;
  readonly method: number;
  readonly encrypted: boolean;
  /** Offsets of the entry's local header and of the first byte that may follow its data. */
  readonly from: number;
  readonly to: number;
}

/** Thrown when the archive as a whole cannot be read. */
export class ZipError extends Error {}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_FIELD = 0xffff;
const IN_ZIP_64 = 0xffffffff;
const UTF_8 = 0x800;
const SLASH = 0x2f;
const STORED = 0;
const DEFLATED = 8;

/** Archives up to this many bytes are held in memory: thousands of small file reads cost more than a large one. */
const HELD_BYTES = 256 * 1024 ** 2;

/** An archive's bytes, in memory or in a file. */
export interface ZipFile {
  readonly size: number;
  /** Reads bytes from … to − 1, fewer at the archive's end. */
  readonly read: (from: number, to: number) => Promise<DataView<ArrayBuffer>>;
}

export async function openZip(file: Blob, heldBytes = HELD_BYTES): Promise<ZipFile> {
  const { size } = file;
  if (size > heldBytes) {
    return { size, read: async (from, to) => new DataView(await file.slice(from, to).arrayBuffer()) };
  }
  const bytes = await file.arrayBuffer();
  return { size, read: async (from, to) => new DataView(bytes.slice(from, to)) };
}

function bigAt(view: DataView, at: number): number {
  const value = Number(view.getBigUint64(at, true));
  if (!Number.isSafeInteger(value)) throw new ZipError("it claims more bytes than there can be");
  return value;
}

/** Recognizes a zip archive by its first bytes; an empty archive begins with its end record. */
export function isZip(head: Uint8Array): boolean {
  if (head.length < END_BYTES) return false;
  const signature = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
  return signature === LOCAL || signature === END;
}

interface Directory {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Finds the end record, which only a comment of stated length may follow. */
async function findDirectory(archive: ZipFile): Promise<Directory> {
  const tailFrom = Math.max(0, archive.size - END_BYTES - LONGEST_FIELD);
  const tail = await archive.read(tailFrom, archive.size);
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    if (at + END_BYTES + tail.getUint16(at + 20, true) !== tail.byteLength) continue;
    const count = tail.getUint16(at + 10, true);
    const bytes = tail.getUint32(at + 12, true);
    const from = tail.getUint32(at + 16, true);
    if (count !== LONGEST_FIELD && bytes !== IN_ZIP_64 && from !== IN_ZIP_64) {
      return { from, to: from + bytes, count };
    }
    return findDirectory64(archive, tailFrom + at);
  }
  throw new ZipError("its end is missing: it is not a zip archive, or was cut off");
}

async function findDirectory64(archive: ZipFile, end: number): Promise<Directory> {
  if (end < LOCATOR_BYTES) throw new ZipError("its directory is missing");
  const locator = await archive.read(end - LOCATOR_BYTES, end);
  if (locator.getUint32(0, true) !== LOCATOR_64) throw new ZipError("its directory is missing");
  const at = bigAt(locator, 8);
  const record = await archive.read(at, at + 56);
  if (record.byteLength < 56 || record.getUint32(0, true) !== END_64) {
    throw new ZipError("its directory is missing");
  }
  const from = bigAt(record, 48);
  return { from, to: from + bigAt(record, 40), count: bigAt(record, 32) };
}

/** Reads sizes and offset that exceed 32 bits from extra field 1, where they are in this order. */
function widened(view: DataView, extraFrom: number, extraTo: number, values: readonly number[]): number[] {
  let at = extraFrom;
  while (at + 4 <= extraTo && view.getUint16(at, true) !== 1) at += 4 + view.getUint16(at + 2, true);
  at += 4;
  return values.map((value) => {
    if (value !== IN_ZIP_64) return value;
    if (at + 8 > extraTo) throw new ZipError("its directory is damaged");
    at += 8;
    return bigAt(view, at - 8);
  });
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** The encoding guessed for names. */
  readonly guess: string | undefined;
}

/** Lists all files of the archive, without folders. Throws `ZipError`. */
export async function readZipDirectory(archive: ZipFile, entryLimit: number): Promise<ZipDirectory> {
  const { from, to, count } = await findDirectory(archive);
  if (to > archive.size) throw new ZipError("its directory lies beyond its end: it was cut off");
  if (count > entryLimit) throw new ZipError(`it has ${count} entries; at most ${entryLimit} are read`);
  const view = await archive.read(from, to);
  const entries: Omit<ZipEntry, "to" | "path">[] = [];
  const names: RawName[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== ENTRY) {
      throw new ZipError("its directory is damaged");
    }
    const nameLength = view.getUint16(at + 28, true);
    const extraFrom = at + ENTRY_BYTES + nameLength;
    const extraTo = extraFrom + view.getUint16(at + 30, true);
    const next = extraTo + view.getUint16(at + 32, true);
    if (next > view.byteLength) throw new ZipError("its directory is damaged");
    const narrow = [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ];
    const [bytes, packedBytes, offset] = widened(view, extraFrom, extraTo, narrow) as [
      number,
      number,
      number,
    ];
    const flags = view.getUint16(at + 8, true);
    const nameBytes = new Uint8Array(view.buffer, view.byteOffset + at + ENTRY_BYTES, nameLength);
    if (nameBytes.at(-1) !== SLASH) {
      const extra = new DataView(view.buffer, view.byteOffset + extraFrom, extraTo - extraFrom);
      names.push(rawName(nameBytes, extra, (flags & UTF_8) !== 0));
      entries.push({
        packedBytes,
        bytes,
        encrypted: (flags & 1) !== 0,
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        from: offset,
      });
    }
    at = next;
  }
  const { names: paths, guess } = entryNames(names);
  const named = entries.map((entry, i) => ({ ...entry, path: paths[i] as string }));
  return { entries: bounded(named, from), guess };
}

/** Checks that each entry ends before the next begins. Overlapping entries let small archives unpack to huge data. */
function bounded(entries: readonly Omit<ZipEntry, "to">[], directoryFrom: number): ZipEntry[] {
  const byPlace = [...entries].sort((a, b) => a.from - b.from);
  return byPlace.map((entry, i) => {
    const next = byPlace[i + 1]?.from ?? directoryFrom;
    if (entry.from + LOCAL_BYTES + entry.packedBytes > next) {
      throw new ZipError("its entries overlap, or its directory does not fit them");
    }
    return { ...entry, to: Math.min(next, entry.from + LOCAL_BYTES + 2 * LONGEST_FIELD + entry.packedBytes) };
  });
}

/** Reads one entry's content and verifies its size and checksum. Throws a `Rejection`. */
export async function readZipEntry(archive: ZipFile, entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  if (entry.encrypted) throw new Rejection("unsupported-packing", "It is encrypted in the archive.");
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    const detail = `Packed by method ${entry.method} of the zip format; only "stored" and "deflate" are read.`;
    throw new Rejection("unsupported-packing", detail);
  }
  const view = await archive.read(entry.from, entry.to);
  if (view.byteLength < LOCAL_BYTES || view.getUint32(0, true) !== LOCAL) {
    throw new Rejection("damaged", "The archive's directory points to it, but it is not there.");
  }
  const dataFrom = LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  if (dataFrom + entry.packedBytes > view.byteLength) {
    throw new Rejection("damaged", "The archive's directory and content disagree about its length.");
  }
  const packed = new Uint8Array(view.buffer, dataFrom, entry.packedBytes);
  const content = entry.method === STORED ? packed : inflate(packed, entry.bytes);
  if (content.length !== entry.bytes || crc32(content) !== entry.crc) {
    throw new Rejection("damaged", "Its content in the archive does not match its checksum.");
  }
  return content;
}

/** The buffer has one byte more than stated, so that longer content is noticed without unpacking all of it. */
function inflate(packed: Uint8Array<ArrayBuffer>, bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return inflateSync(packed, { out: new Uint8Array(bytes + 1) }) as Uint8Array<ArrayBuffer>;
  } catch {
    throw new Rejection("damaged", "Its content in the archive cannot be unpacked.");
  }
}
