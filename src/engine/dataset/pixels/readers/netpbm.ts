/** Reads Netpbm images (PBM, PGM, PPM; P1 to P6): a text header followed by the pixels as numbers or bytes. */
import { Rejection } from "../../rejection";
import type { RawImage } from "../raw-image";

interface Header {
  /** Format number, 1 to 6. */
  readonly kind: number;
  readonly width: number;
  readonly height: number;
  /** Maximum value of a sample; 1 for bitmaps. */
  readonly most: number;
  /** Offset of the first pixel. */
  readonly from: number;
}

const isBlank = (byte: number | undefined) =>
  byte !== undefined && (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const HASH = 0x23;
/** Maximum digits of a number in the header. */
const LONGEST_NUMBER = 7;

export function isNetpbm(bytes: Uint8Array): boolean {
  const kind = (bytes[1] ?? 0) - 0x30;
  return bytes[0] === 0x50 && kind >= 1 && kind <= 6 && (isBlank(bytes[2]) || bytes[2] === HASH);
}

/** Reads the header; undefined for an invalid one. */
export function netpbmHeader(bytes: Uint8Array): Header | undefined {
  const kind = (bytes[1] ?? 0) - 0x30;
  const numbers: number[] = [];
  let at = 2;
  const wanted = kind === 1 || kind === 4 ? 2 : 3;
  while (numbers.length < wanted) {
    at = afterBlanks(bytes, at);
    const end = afterDigits(bytes, at);
    if (end === at || end - at > LONGEST_NUMBER) return undefined;
    numbers.push(Number(String.fromCharCode(...bytes.subarray(at, end))));
    at = end;
  }
  const [width = 0, height = 0, most = 1] = numbers;
  // Exactly one blank ends the header.
  if (!isBlank(bytes[at]) || most < 1 || most > 65_535) return undefined;
  return { kind, width, height, most, from: at + 1 };
}

function afterBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    while (isBlank(bytes[at])) at++;
    if (bytes[at] !== HASH) return at;
    while (at < bytes.length && bytes[at] !== 0x0a) at++;
  }
}

function afterDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  return at;
}

/** Reads the first image, with values scaled to 0–255. Throws a `Rejection` if it ends early. */
export function readNetpbm(bytes: Uint8Array): RawImage {
  const header = netpbmHeader(bytes);
  if (!header) throw damaged();
  const { kind, width, height, most } = header;
  const channels = kind % 3 === 0 ? 3 : 1;
  const samples = width * height * channels;
  const values =
    kind <= 3
      ? plainSamples(bytes, header, samples)
      : kind === 4
        ? bits(bytes, header)
        : words(bytes, header, samples);
  // In a bitmap, 1 is black.
  const isBitmap = kind === 1 || kind === 4;
  const pixels = new Uint8Array(samples);
  for (let i = 0; i < samples; i++) {
    const value = Math.min(values[i] as number, most);
    pixels[i] = Math.round((255 * (isBitmap ? 1 - value : value)) / most);
  }
  return { width, height, channels, pixels };
}

function words(bytes: Uint8Array, { from, most }: Header, samples: number): ArrayLike<number> {
  const wide = most > 255;
  if (from + samples * (wide ? 2 : 1) > bytes.length) throw damaged();
  if (!wide) return bytes.subarray(from, from + samples);
  const view = new DataView(bytes.buffer, bytes.byteOffset + from);
  return Uint16Array.from({ length: samples }, (_, i) => view.getUint16(2 * i));
}

function bits(bytes: Uint8Array, { from, width, height }: Header): ArrayLike<number> {
  const stride = Math.ceil(width / 8);
  if (from + stride * height > bytes.length) throw damaged();
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return ((bytes[from + y * stride + (x >> 3)] as number) >> (7 - (x & 7))) & 1;
  });
}

/** Reads numbers as text; those of a bitmap are single digits, with or without blanks between. */
function plainSamples(bytes: Uint8Array, { kind, from }: Header, samples: number): ArrayLike<number> {
  // Each takes at least one byte.
  if (from + samples > bytes.length + 1) throw damaged();
  const values = new Uint16Array(samples);
  let at = from;
  for (let i = 0; i < samples; i++) {
    at = afterBlanks(bytes, at);
    const end = kind === 1 ? at + 1 : afterDigits(bytes, at);
    if (!isDigit(bytes[at]) || end - at > LONGEST_NUMBER) throw damaged();
    values[i] = Number(String.fromCharCode(...bytes.subarray(at, end)));
    at = end;
  }
  return values;
}

const damaged = () => new Rejection("damaged", "It begins like a Netpbm image, but cannot be decoded.");
