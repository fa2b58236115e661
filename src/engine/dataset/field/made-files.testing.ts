/** Generates the files of the situations: squares whose color is their class. */
import { type Zippable, zipSync } from "fflate";
import { encodeBitmap } from "../pixels/encoded-images.testing";
import { encodeDeepPng } from "../pixels/readers/deep-png.testing";

type Bytes = Uint8Array<ArrayBuffer>;
export type Files = Readonly<Record<string, Bytes>>;

/** Colors by letter; small differences in the last channel distinguish images of a class. */
const colors = {
  r: [230, 20],
  g: [20, 230],
  b: [20, 20],
  y: [230, 230],
  w: [120, 20],
  v: [20, 120],
} as const;
export type Color = keyof typeof colors;

const SIDE = 18;

/** Images with different numbers have different bytes. */
export function square(color: Color, number: number): Bytes {
  const [red, green] = colors[color];
  return encodeBitmap(SIDE, SIDE, (x, y) => [red, green, (number + (x >> 2) * (y >> 2)) % 30, 255]);
}

/** Three times as wide as high, of which only the middle has the color; both sides have that of all others. */
export function wide(color: Color, number: number): Bytes {
  const [red, green] = colors[color];
  const isSide = (x: number) => x < SIDE || x >= 2 * SIDE;
  return encodeBitmap(3 * SIDE, SIDE, (x, y) => {
    const last = (number + (x >> 2) * (y >> 2)) % 30;
    return isSide(x) ? [250 - red, 250 - green, last, 255] : [red, green, last, 255];
  });
}

/** The nearest color of a decoded image of `SIDE` or less. */
export function colorOf(red: number, green: number): Color | undefined {
  const near = ([r, g]: readonly [number, number]) => Math.abs(r - red) < 40 && Math.abs(g - green) < 40;
  return (Object.keys(colors) as Color[]).find((color) => near(colors[color]));
}

let made = 0;

/** Makes this many new, distinct images of a color in a folder. */
export function several(
  folder: string,
  color: Color,
  count: number,
  nameOf: (number: number) => string = (number) => `${number}.png`,
): Files {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `${folder === "" ? "" : `${folder}/`}${nameOf(i)}`,
      unlike(color),
    ]),
  );
}

/** A comment at the end of the file makes its bytes unique. */
function unlike(color: Color): Bytes {
  made++;
  const tail = new TextEncoder().encode(`#${made}`);
  return Uint8Array.from([...square(color, made), ...tail]);
}

export const text = (content: string): Bytes => new TextEncoder().encode(content) as Bytes;
export const zip = (files: Zippable): Bytes => zipSync(files, { level: 0 }) as Bytes;

/** The same, with "~" and "^" replaced by bytes of an undeclared legacy code page. */
export function oldZip(files: Files, codes: Readonly<Record<string, number>>): Bytes {
  const bytes = zip({ ...files });
  return bytes.map((byte, at) => {
    const code = codes[String.fromCharCode(byte)];
    return code !== undefined && isInName(bytes, at) ? code : byte;
  }) as Bytes;
}

/** True within the name of a local header or of a directory entry. */
function isInName(bytes: Bytes, at: number): boolean {
  for (const [mark, length, start] of [
    [0x04034b50, 26, 30],
    [0x02014b50, 28, 46],
  ] as const) {
    for (let from = at; from >= Math.max(0, at - 120); from--) {
      if (from + start > bytes.length) continue;
      const view = new DataView(bytes.buffer, from);
      if (view.getUint32(0, true) !== mark) continue;
      if (at >= from + start && at < from + start + view.getUint16(length, true)) return true;
    }
  }
  return false;
}

/** A gray image of 12 bits in 16. */
export function shallowPng(gray: number, number: number): Bytes {
  const values = Uint16Array.from({ length: 256 }, (_, i) =>
    Math.min(4_000, gray + ((i * 7 + number * 13) % 90)),
  );
  return encodeDeepPng({ width: 16, height: 16, channels: 1, values });
}

export function ppm(color: Color, number: number): Bytes {
  const [red, green] = colors[color];
  const pixels = Array.from({ length: 64 }, (_, i) => [red, green, (number + i) % 100]).flat();
  return Uint8Array.from([...text("P6\n8 8\n255\n"), ...pixels]);
}

/** The first bytes of a phone's HEIC file; browsers do not decode the rest in any case. */
export const heic = (number: number): Bytes =>
  Uint8Array.from([0, 0, 0, 24, ...text("ftypheic"), 0, 0, 0, 0, ...text(`mif1heic${number}`)]);
