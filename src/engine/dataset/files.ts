import { importLimits } from "../../protocol/dataset";
import { Rejection } from "./rejection";

type Bytes = Uint8Array<ArrayBuffer>;

/** A file of a selection or of an archive in it. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  /** Reads the whole file. Throws a `Rejection`. */
  readonly read: () => Promise<Bytes>;
  /** Reads bytes from … to − 1, fewer at the file's end. Throws a `Rejection`. */
  readonly slice: (from: number, to: number) => Promise<Bytes>;
}

/** A file from the visitor's disk. */
export function blobFile(path: string, blob: Blob): FoundFile {
  const bytesOf = async (part: Blob) => {
    try {
      return new Uint8Array(await part.arrayBuffer());
    } catch {
      throw new Rejection(
        "unreadable",
        "The browser could not read it. Was it moved or changed since it was dropped?",
      );
    }
  };
  return {
    path,
    bytes: blob.size,
    read: async () => {
      refuseLarge(blob.size);
      return bytesOf(blob);
    },
    slice: (from, to) => bytesOf(blob.slice(from, to)),
  };
}

/** A file already in memory. */
export function heldFile(path: string, content: Bytes): FoundFile {
  return {
    path,
    bytes: content.length,
    read: async () => content,
    slice: async (from, to) => content.subarray(from, to),
  };
}

/** A file that can only be read as a whole. Content unpacked for a slice is kept for a later read. */
export function packedFile(path: string, bytes: number, unpack: () => Promise<Bytes>): FoundFile {
  let kept: Promise<Bytes> | undefined;
  return {
    path,
    bytes,
    read: () => {
      const whole = kept ?? unpack();
      kept = undefined;
      return whole;
    },
    slice: async (from, to) => {
      kept ??= unpack();
      return (await kept).subarray(from, to);
    },
  };
}

export function refuseLarge(bytes: number): void {
  if (bytes <= importLimits.fileBytes) return;
  const [size, limit] = [bytes, importLimits.fileBytes].map((value) => Math.ceil(value / 1024 ** 2));
  throw new Rejection("too-large", `The file has ${size} MiB; at most ${limit} MiB are read.`);
}

/** Refuses, before unpacking, files whose compression ratio no photograph reaches. */
export function refuseBomb(bytes: number, packedBytes: number): void {
  const { packingRatio, packingRatioFrom } = importLimits;
  if (bytes <= packingRatioFrom || bytes <= packingRatio * packedBytes) return;
  const ratio = Math.round(bytes / Math.max(packedBytes, 1));
  throw new Rejection(
    "suspicious-packing",
    `It unpacks to ${ratio} times its packed size, as no photograph does.`,
  );
}
