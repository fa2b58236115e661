/**
 * Tape archives in POSIX.1-2001 ("pax") and GNU format: blocks of 512 bytes, with a header before every file. Headers
 * have a checksum; contents do not (except through the gzip of a .tar.gz).
 */
import { Rejection } from "../rejection";

type Bytes = Uint8Array<ArrayBuffer>;

export interface TarEntry {
  readonly path: string;
  /** A window on the archive's bytes. */
  readonly content: Bytes;
}

const BLOCK = 512;
const CHECKSUM_AT = 148;
const MAGIC_AT = 257;

const decoder = new TextDecoder();
const blocks = (bytes: number) => Math.ceil(bytes / BLOCK) * BLOCK;

export function isTar(head: Uint8Array): boolean {
  return head.length >= BLOCK && textAt(head, MAGIC_AT, 5) === "ustar" && checksumFits(head);
}

/** Lists all regular files; skips folders, links and devices. Throws a `Rejection`. */
export function readTar(archive: Bytes, entryLimit: number): TarEntry[] {
  const entries: TarEntry[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return entries;
    if (!checksumFits(header)) throw damaged(entries.length);
    const size = octalAt(header, 124, 12);
    const from = at + BLOCK;
    if (size === undefined || from + size > archive.length) throw damaged(entries.length);
    const content = archive.subarray(from, from + size);
    const type = String.fromCharCode(header[156] as number);
    if (type === "L") longName = textAt(content, 0, content.length);
    else if (type === "x") longName = paxPath(content) ?? longName;
    else {
      if (type === "0" || type === "\0" || type === "7")
        entries.push({ path: longName ?? shortName(header), content });
      longName = undefined;
    }
    if (entries.length > entryLimit) {
      throw new Rejection("too-large", `The archive holds more than ${entryLimit} files.`);
    }
    at = from + blocks(size);
  }
  // Two empty blocks end an archive.
  throw new Rejection("damaged", `The tar archive ends too early, after ${entries.length} files.`);
}

function damaged(after: number): Rejection {
  return new Rejection("damaged", `The tar archive is damaged after its first ${after} files.`);
}

/** The sum of a header's bytes, with the checksum field taken as blanks. */
function checksumFits(header: Uint8Array): boolean {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) {
    sum += i >= CHECKSUM_AT && i < CHECKSUM_AT + 8 ? 0x20 : (header[i] as number);
  }
  return sum === octalAt(header, CHECKSUM_AT, 8);
}

/** Reads text up to the first zero byte. */
function textAt(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return decoder.decode(end < 0 ? field : field.subarray(0, end));
}

function octalAt(bytes: Uint8Array, at: number, length: number): number | undefined {
  const digits = textAt(bytes, at, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

function shortName(header: Uint8Array): string {
  const prefix = textAt(header, 345, 155);
  const name = textAt(header, 0, 100);
  return prefix ? `${prefix}/${name}` : name;
}

/** Parses records of "length key=value\n", where the length is that of the whole record in bytes. */
function paxPath(content: Uint8Array): string | undefined {
  let path: string | undefined;
  for (let at = 0; at < content.length; ) {
    const record = /^(\d+) /.exec(decoder.decode(content.subarray(at, at + 12)));
    const length = Number(record?.[1]);
    if (!record || !(length > record[0].length) || at + length > content.length) return path;
    const text = decoder.decode(content.subarray(at + record[0].length, at + length - 1));
    if (text.startsWith("path=")) path = text.slice(5);
    at += length;
  }
  return path;
}
