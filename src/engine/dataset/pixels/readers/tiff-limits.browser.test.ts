import { zlibSync } from "fflate";
import { expect, test } from "vitest";
import { createDecoder } from "../decode";

/** 16 × 16 gray pixels in one strip, with other tags in place of those of the same number, or without these. */
function tiff(
  strip: Uint8Array,
  changed: Readonly<Record<number, number | undefined>> = {},
): Uint8Array<ArrayBuffer> {
  const tags = { 256: 16, 257: 16, 258: 8, 259: 1, 262: 1, 273: 0, 277: 1, 278: 16, 279: strip.length };
  const entries = Object.entries({ ...tags, ...changed })
    .flatMap(([tag, value]) => (value === undefined ? [] : [[Number(tag), value] as const]))
    .sort(([a], [b]) => a - b);
  const data = 8 + 2 + 12 * entries.length + 4;
  const bytes = new Uint8Array(data + strip.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x49492a00);
  view.setUint32(4, 8, true);
  view.setUint16(8, entries.length, true);
  for (const [at, [tag, value]] of entries.entries()) {
    const place = 10 + 12 * at;
    view.setUint16(place, tag, true);
    view.setUint16(place + 2, tag === 258 ? 3 : 4, true);
    view.setUint32(place + 4, 1, true);
    view.setUint32(place + 8, tag === 273 ? data : value, true);
  }
  bytes.set(strip, data);
  return bytes;
}

async function decoded(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const into = new Uint8Array(3 * 16 * 16);
  await createDecoder(16)(bytes, into);
  return into[0] as number;
}

const hugeTiles = { 273: undefined, 322: 1_000_000, 323: 1_000_000, 324: 8, 325: 8 };
const gray = new Uint8Array(256).fill(90);
/** A frame of 65,535 × 65,535 pixels. */
const hugeJpeg = Uint8Array.of(
  0xff,
  0xd8,
  0xff,
  0xc0,
  0,
  11,
  8,
  255,
  255,
  255,
  255,
  1,
  1,
  0x11,
  0,
  0xff,
  0xd9,
);

test("a strip that holds more than its rows is read up to them", async () => {
  expect(await decoded(tiff(gray))).toBe(90);
  const excessive = zlibSync(new Uint8Array(8_000_000).fill(90));
  expect(await decoded(tiff(excessive, { 259: 8 }))).toBe(90);
});

test.each([
  ["a JPEG larger than its strip", tiff(hugeJpeg, { 259: 7 }), /JPEG that does not fit its strip/],
  ["more strips than bytes", tiff(gray, { 257: 6_000, 278: 1 }), /strips or tiles that do not fit/],
  ["tiles much larger than the picture", tiff(gray, hugeTiles), /strips or tiles that do not fit/],
  ["a compression without a bound", tiff(gray, { 259: 50_000 }), /compressed with Zstandard/],
  ["more values than its file", withCount(tiff(gray), 0xffff_fff0), /more values than its file holds/],
  ["more samples than memory", tiff(gray, { 256: 9_000, 257: 9_000, 277: 60_000 }), /do not fit/],
] as const)("%s: refused with the reason", async (_, bytes, reason) => {
  await expect(decoded(bytes)).rejects.toThrow(reason);
});

test("a picture of several widths is refused, and the next one is read", async () => {
  const decode = createDecoder(16);
  const into = new Uint8Array(3 * 16 * 16);
  for (const count of [2, 3]) {
    const several = withCount(tiff(gray), count);
    await expect(decode(several, into)).rejects.toThrow(/Its header says .* pixels/);
  }
  await decode(tiff(gray), into);
  expect(into[0]).toBe(90);
});

/** States so many values in the first tag, the width. */
function withCount(bytes: Uint8Array<ArrayBuffer>, count: number): Uint8Array<ArrayBuffer> {
  new DataView(bytes.buffer).setUint32(14, count, true);
  return bytes;
}
