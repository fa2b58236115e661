import { Rejection } from "../rejection";
import { isAvif } from "./readers/heic";

export type ImageFormat = "png" | "jpeg" | "webp" | "gif" | "bmp" | "avif";

const HEAD_BYTES = 512;

/** Byte patterns by offset in a file; "?" matches any byte. */
interface Signature {
  readonly at: number;
  readonly bytes: string;
}

const images: readonly (Signature & { readonly format: ImageFormat })[] = [
  { format: "png", at: 0, bytes: "\x89PNG\r\n\x1a\n" },
  { format: "jpeg", at: 0, bytes: "\xff\xd8\xff" },
  { format: "webp", at: 0, bytes: "RIFF????WEBP" },
  { format: "gif", at: 0, bytes: "GIF87a" },
  { format: "gif", at: 0, bytes: "GIF89a" },
];

/** Picture formats that neither browsers nor readers of this page decode to pixels. */
const unsupported: readonly (Signature & { readonly name: string })[] = [
  { name: "JPEG 2000", at: 4, bytes: "jP  \r\n" },
  { name: "Photoshop", at: 0, bytes: "8BPS" },
  { name: "Windows icon", at: 0, bytes: "\0\0\x01\0" },
];

const others: readonly (Signature & { readonly name: string })[] = [
  { name: "a PDF document", at: 0, bytes: "%PDF-" },
  { name: "a zip archive (drop it alone to open it)", at: 0, bytes: "PK\x03\x04" },
  { name: "a gzip archive", at: 0, bytes: "\x1f\x8b" },
  { name: "a 7z archive", at: 0, bytes: "7z\xbc\xaf" },
  { name: "a RAR archive", at: 0, bytes: "Rar!" },
  { name: "a video", at: 4, bytes: "ftyp" },
  { name: "a video", at: 0, bytes: "\x1aE\xdf\xa3" },
  { name: "a NumPy array", at: 0, bytes: "\x93NUMPY" },
];

/** Converts bytes to characters with the same codes. */
function latin(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

function matches(head: string, { at, bytes }: Signature): boolean {
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== "?" && head[at + i] !== bytes[i]) return false;
  }
  return true;
}

/** "BM" may also begin a text, so the size of the following header is checked as well. */
function isBitmap(bytes: Uint8Array): boolean {
  const headerSize = bytes.length < 18 ? 0 : viewOf(bytes).getUint32(14, true);
  return bytes[0] === 0x42 && bytes[1] === 0x4d && [12, 16, 40, 52, 56, 64, 108, 124].includes(headerSize);
}

/** The first words of a text file; undefined for any other file. */
function textOf(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, HEAD_BYTES);
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const encoding = wide ? (head[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8";
  try {
    // `stream`: the head may end within a character.
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters distinguish data from text.
    return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text.trim();
  } catch {
    return undefined;
  }
}

/** Determines a file's format by its content, regardless of its name. Throws a `Rejection` for unsupported ones. */
export function sniffFormat(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw new Rejection("empty", "The file is empty.");
  const head = latin(bytes, 0, 32);
  const image = images.find((signature) => matches(head, signature));
  if (image) return image.format;
  if (isBitmap(bytes)) return "bmp";
  if (isAvif(bytes)) return "avif";
  const picture = unsupported.find((signature) => matches(head, signature));
  if (picture) {
    throw new Rejection(
      "unsupported-format",
      `${picture.name} is not decoded by browsers: convert it to PNG, JPEG or WebP.`,
    );
  }
  const other = others.find((signature) => matches(head, signature));
  if (other) throw new Rejection("not-an-image", `Not an image: its content is ${other.name}.`);
  const text = textOf(bytes);
  if (text === undefined) throw new Rejection("not-an-image", "Not an image of a known format.");
  if (/<svg[\s>]/i.test(text)) {
    throw new Rejection("unsupported-format", "SVG is a drawing without pixels: export it as PNG.");
  }
  const words = text.replace(/\s+/g, " ").slice(0, 40);
  throw new Rejection("not-an-image", `Not an image: its content is text, beginning “${words}”.`);
}

export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** Width and height stated by the header; undefined if not stated. */
export function headerDimensions(bytes: Uint8Array, format: ImageFormat): Dimensions | undefined {
  try {
    return readers[format](viewOf(bytes), bytes);
  } catch (error) {
    // The header ends early, which the decoder will report.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

type Reader = (view: DataView, bytes: Uint8Array) => Dimensions | undefined;

const readers: Readonly<Record<ImageFormat, Reader>> = {
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  bmp: (view) =>
    view.getUint32(14, true) === 12
      ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
      : { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) },
  jpeg: jpegDimensions,
  webp: webpDimensions,
  avif: avifDimensions,
};

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Recognizes a JPEG of four colors without Adobe's marker, which alone states whether values are ink or its absence.
 */
export function isUnmarkedCmyk(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return false;
  const frame = jpegFrame(viewOf(bytes));
  return frame !== undefined && frame.components === 4 && !frame.isAdobe;
}

interface Frame extends Dimensions {
  readonly components: number;
  /** True if an APP14 segment of Adobe's precedes the frame. */
  readonly isAdobe: boolean;
}

/**
 * Walks the marker segments up to the start of a frame (SOF0–15 without DHT, JPG and DAC); undefined if there is none.
 */
function jpegFrame(view: DataView): Frame | undefined {
  let at = 2;
  let isAdobe = false;
  while (at + 8 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      const components = at + 9 < view.byteLength ? view.getUint8(at + 9) : 0;
      return { height, width, components, isAdobe };
    }
    // "Adob"
    if (marker === 0xee && view.getUint32(at + 4) === 0x41646f62) isAdobe = true;
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function jpegDimensions(view: DataView): Dimensions | undefined {
  const frame = jpegFrame(view);
  return frame && { width: frame.width, height: frame.height };
}

function webpDimensions(view: DataView, bytes: Uint8Array): Dimensions | undefined {
  switch (latin(bytes, 12, 16)) {
    case "VP8 ":
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case "VP8L": {
      const packed = view.getUint32(21, true);
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X": {
      const width = view.getUint16(24, true) + (view.getUint8(26) << 16) + 1;
      return { width, height: view.getUint16(27, true) + (view.getUint8(29) << 16) + 1 };
    }
    default:
      return undefined;
  }
}

/** The largest spatial extent ("ispe") of the items: tiles and thumbnails have smaller ones. */
function avifDimensions(view: DataView, bytes: Uint8Array): Dimensions | undefined {
  const head = latin(bytes, 0, 8_192);
  let largest: Dimensions | undefined;
  for (let at = head.indexOf("ispe"); at >= 0; at = head.indexOf("ispe", at + 4)) {
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (!largest || found.width * found.height > largest.width * largest.height) largest = found;
  }
  return largest;
}
