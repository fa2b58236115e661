/**
 * Reads PNG images of 16 bits per sample (PNG 3rd edition, sections 4, 7 and 9); browsers give only the upper 8 bits.
 */
import { inflateSync } from "fflate";
import type { RawImage } from "../raw-image";

/** [height, width, channels] */
export interface DeepImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly values: Uint16Array;
}

export interface DeepRange {
  readonly low: number;
  readonly high: number;
}

const channelsOf: Readonly<Record<number, 1 | 2 | 3 | 4>> = { 0: 1, 2: 3, 4: 2, 6: 4 };
/** Maximum pixels; larger images use the browser's 8 bits. */
export const MOST_DEEP_PIXELS = 25_000_000;
const IDAT = 0x49444154;
const IEND = 0x49454e44;
const HEADER_BYTES = 33;

/** Recognizes, by its header, a PNG of 16 bits that is not interlaced. */
export function isDeepPng(bytes: Uint8Array): boolean {
  const isPng = bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47;
  return isPng && bytes.length > HEADER_BYTES && bytes[24] === 16 && bytes[28] === 0;
}

/** Returns undefined for an image that cannot be read here and is left to the browser. */
export function readDeepPng(bytes: Uint8Array): DeepImage | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const channels = channelsOf[bytes[25] as number];
  if (!channels || width < 1 || height < 1 || width * height > MOST_DEEP_PIXELS) return undefined;
  const packed = joinedData(bytes, view);
  const stride = 2 * channels * width;
  const rows = new Uint8Array((stride + 1) * height + 1);
  try {
    // Two bytes of zlib's header precede the data.
    const filled = inflateSync(packed.subarray(2), { out: rows });
    if (filled.length !== rows.length - 1) return undefined;
  } catch {
    return undefined;
  }
  const values = new Uint16Array(width * height * channels);
  return unfilter(rows, stride, 2 * channels, height, values)
    ? { width, height, channels, values }
    : undefined;
}

function joinedData(bytes: Uint8Array, view: DataView): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const [length, type] = [view.getUint32(at), view.getUint32(at + 4)];
    if (type === IDAT) parts.push(bytes.subarray(at + 8, at + 8 + length));
    if (type === IEND) break;
    at += 12 + length;
  }
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let to = 0;
  for (const part of parts) {
    joined.set(part, to);
    to += part.length;
  }
  return joined;
}

/** Undoes each row's filter in place and reads its values. Returns false for an unknown filter. */
function unfilter(
  rows: Uint8Array,
  stride: number,
  step: number,
  height: number,
  values: Uint16Array,
): boolean {
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1) + 1;
    const filter = rows[from - 1] as number;
    if (filter > 4) return false;
    for (let i = 0; i < stride; i++) {
      const left = i < step ? 0 : (rows[from + i - step] as number);
      const up = y === 0 ? 0 : (rows[from + i - stride - 1] as number);
      const corner = y === 0 || i < step ? 0 : (rows[from + i - step - stride - 1] as number);
      rows[from + i] = (rows[from + i] as number) + predicted(filter, left, up, corner);
    }
    for (let i = 0; i < stride; i += 2) {
      values[(y * stride + i) / 2] = ((rows[from + i] as number) << 8) | (rows[from + i + 1] as number);
    }
  }
  return true;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter === 0) return 0;
  const [toLeft, toUp, toCorner] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [
    number,
    number,
    number,
  ];
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
}

const isOpacity = (channels: number, i: number) => channels % 2 === 0 && i % channels === channels - 1;

/** The least and the greatest value, without the alpha channel. */
export function rangeOf({ values, channels }: DeepImage): DeepRange {
  let [low, high] = [65_535, 0];
  for (let i = 0; i < values.length; i++) {
    if (isOpacity(channels, i)) continue;
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** Converts to 8 bits, with the range from black to white. */
export function stretched(
  { width, height, channels, values }: DeepImage,
  { low, high }: DeepRange,
): RawImage {
  const scale = 255 / Math.max(1, high - low);
  const gray = channels < 3;
  const wanted = channels === 2 || channels === 4 ? 4 : channels;
  const pixels = new Uint8Array(width * height * wanted);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < wanted; channel++) {
      const opacity = wanted === 4 && channel === 3;
      const from = opacity ? channels - 1 : gray ? 0 : channel;
      const value = values[pixel * channels + from] as number;
      const byte = opacity ? value / 257 : (value - low) * scale;
      pixels[pixel * wanted + channel] = Math.min(255, Math.max(0, Math.round(byte)));
    }
  }
  return { width, height, channels: wanted as 1 | 3 | 4, pixels };
}
