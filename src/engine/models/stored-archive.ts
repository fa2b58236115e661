import { crc32 } from "../dataset/archives/crc32";

/**
 * Zip archives of files as they are (PKWARE's APPNOTE 6.3), which are never in memory: they can have hundreds of megabytes.
 * The bytes are those of fflate's `zipSync` at level 0.
 */

const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF_8 = 0x800;
/** The first day of 1980: times would make equal files different. */
const DATE = (1 << 5) | 1;
const PIECE = 16 * 1024 ** 2;

/** Sorted, uncompressed and without times: the same files give the same archive. */
export async function storedArchive(files: ReadonlyMap<string, Blob>): Promise<Blob> {
  const [entries, directory]: [BlobPart[], BlobPart[]] = [[], []];
  let [at, listed] = [0, 0];
  for (const [path, file] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = new TextEncoder().encode(path);
    const about = described(file.size, await sumOf(file), name.length, name.length !== path.length);
    const local = [...u32(LOCAL), ...about];
    const entry = [...u32(ENTRY), ...u16(VERSION), ...about, ...new Array(10).fill(0), ...u32(at)];
    entries.push(Uint8Array.from(local), name, file);
    directory.push(Uint8Array.from(entry), name);
    at += local.length + name.length + file.size;
    listed += entry.length + name.length;
  }
  const count = u16(files.size);
  const end = [...u32(END), ...u32(0), ...count, ...count, ...u32(listed), ...u32(at), ...u16(0)];
  return new Blob([...entries, ...directory, Uint8Array.from(end)]);
}

const u16 = (value: number) => [value & 255, (value >> 8) & 255];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];

/** What an entry's own header and the directory say of it alike. */
const described = (bytes: number, sum: number, nameLength: number, isUnicode: boolean) => [
  ...u16(VERSION),
  ...u16(isUnicode ? UTF_8 : 0),
  ...u16(0),
  ...u16(0),
  ...u16(DATE),
  ...u32(sum),
  ...u32(bytes),
  ...u32(bytes),
  ...u16(nameLength),
  ...u16(0),
];

async function sumOf(file: Blob): Promise<number> {
  let sum = 0;
  for (let from = 0; from < file.size; from += PIECE)
    sum = crc32(new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer()), sum);
  return sum;
}
