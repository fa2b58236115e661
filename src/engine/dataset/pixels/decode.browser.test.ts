import { describe, expect, test } from "vitest";
import { Rejection } from "../rejection";
import { createDecoder } from "./decode";
import {
  encode,
  encodeBitmap,
  giantPngHead,
  type Painter,
  pattern,
  redBlue,
  text,
  withOrientation,
} from "./encoded-images.testing";

async function decode(bytes: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array> {
  const into = new Uint8Array(size * size * 3);
  await createDecoder(size)(bytes, into);
  return into;
}

async function reasonFor(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    await decode(bytes, 16);
    return "accepted";
  } catch (error) {
    if (error instanceof Rejection) return `${error.reason}: ${error.detail}`;
    throw error;
  }
}

const at = (image: Uint8Array, size: number, x: number, y: number) =>
  Array.from(image.subarray(3 * (y * size + x), 3 * (y * size + x) + 3));

test("an image of the right size is unchanged", async () => {
  const expected = Uint8Array.from({ length: 20 * 20 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return pattern(pixel % 20, Math.floor(pixel / 20))[i % 3] as number;
  });
  expect(await decode(await encode(20, 20), 20)).toEqual(expected);
  expect(await decode(encodeBitmap(20, 20), 20)).toEqual(expected);
});

test("the center square is kept", async () => {
  // 48 × 16: black | the square | black.
  const middle: Painter = (x) => (x >= 16 && x < 32 ? [10, 200, 90, 255] : [0, 0, 0, 255]);
  expect(new Set(await decode(await encode(48, 16, "image/png", middle), 16))).toEqual(
    new Set([10, 200, 90]),
  );
  const tall: Painter = (_, y) => middle(y, 0);
  expect(new Set(await decode(await encode(16, 48, "image/png", tall), 16))).toEqual(new Set([10, 200, 90]));
});

test("shrinking averages, so that fine patterns become gray, not noise", async () => {
  const checkers: Painter = (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255, 255] : [0, 0, 0, 255]);
  expect(new Set(await decode(await encode(64, 64, "image/png", checkers), 16))).toEqual(new Set([128]));
});

test("a large image is read in bands without seams", async () => {
  const size = 32;
  // 1,500 rows of 1,500 pixels: more than two bands.
  const slope: Painter = (x, y) => [Math.floor((x / 1_500) * 256), Math.floor((y / 1_500) * 256), 77, 255];
  const image = await decode(await encode(1_500, 1_500, "image/png", slope), size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [red, green, blue] = at(image, size, x, y) as [number, number, number];
      expect(Math.abs(red - ((x + 0.5) * 8 - 0.5))).toBeLessThanOrEqual(1);
      expect(Math.abs(green - ((y + 0.5) * 8 - 0.5))).toBeLessThanOrEqual(1);
      expect(blue).toBe(77);
    }
  }
});

test("transparency becomes white", async () => {
  const half: Painter = () => [0, 0, 0, 128];
  const value = at(await decode(await encode(16, 16, "image/png", half), 16), 16, 5, 5)[0] ?? 0;
  expect(Math.abs(value - 127)).toBeLessThanOrEqual(1);
  const nothing: Painter = () => [0, 0, 0, 0];
  expect(new Set(await decode(await encode(16, 16, "image/png", nothing), 16))).toEqual(new Set([255]));
});

describe("formats", () => {
  test.each(["image/png", "image/jpeg", "image/webp"] as const)("%s", async (type) => {
    const smooth: Painter = (x, y) => [4 * x, 4 * y, 120, 255];
    const image = await decode(await encode(48, 48, type, smooth), 24);
    for (const [x, y] of [
      [2, 3],
      [20, 12],
    ] as const) {
      const [red, green, blue] = at(image, 24, x, y) as [number, number, number];
      expect(Math.abs(red - (8 * x + 2))).toBeLessThan(8);
      expect(Math.abs(green - (8 * y + 2))).toBeLessThan(8);
      expect(Math.abs(blue - 120)).toBeLessThan(8);
    }
  });

  test.each(["gif", "avif"] as const)("%s", async (format) => {
    const image = await decode(redBlue[format], 16);
    const [left, right] = [at(image, 16, 2, 8), at(image, 16, 13, 8)];
    for (const [found, expected] of [
      [left, [255, 0, 0]],
      [right, [0, 0, 255]],
    ] as const) {
      found.forEach((value, channel) => {
        expect(Math.abs(value - (expected[channel] ?? 0))).toBeLessThan(20);
      });
    }
  });
});

test("photographs are rotated by their EXIF orientation", async () => {
  const leftRed: Painter = (x) => (x < 16 ? [255, 0, 0, 255] : [0, 0, 255, 255]);
  const jpeg = withOrientation(await encode(32, 32, "image/jpeg", leftRed), 6);
  const image = await decode(jpeg, 16);
  expect((at(image, 16, 8, 2)[0] ?? 0) > 200, "left becomes top").toBe(true);
  expect((at(image, 16, 8, 13)[2] ?? 0) > 200, "right becomes bottom").toBe(true);
});

describe("rejected with the reason", () => {
  test("empty files and other formats", async () => {
    expect(await reasonFor(text(""))).toMatch(/^empty/);
    expect(await reasonFor(text("hello, I am\nno image"))).toMatch(
      /^not-an-image.*text.*hello, I am no image/,
    );
    expect(await reasonFor(text("%PDF-1.4 …"))).toMatch(/^not-an-image.*PDF/);
    expect(await reasonFor(Uint8Array.from({ length: 99 }, (_, i) => (i * 71) % 256))).toMatch(
      /^not-an-image/,
    );
    expect(await reasonFor(text('<?xml version="1.0"?><svg xmlns="…"/>'))).toMatch(
      /^unsupported-format.*SVG/,
    );
    expect(await reasonFor(text("II*\0…"))).toMatch(/^unsupported-format.*TIFF/);
  });

  test.each(["image/png", "image/jpeg", "image/webp"] as const)("a truncated %s", async (type) => {
    const bytes = await encode(100, 100, type);
    for (const share of [0.2, 0.6, 0.98]) {
      expect(await reasonFor(bytes.slice(0, Math.floor(bytes.length * share)))).toMatch(/^damaged/);
    }
  });

  test("an image whose header claims absurd dimensions, before any allocation", async () => {
    expect(await reasonFor(giantPngHead(20_000, 10))).toMatch(/^too-large: 20000 × 10/);
    expect(await reasonFor(giantPngHead(12_000, 12_000))).toMatch(/^too-large/);
    expect(await reasonFor(giantPngHead(0, 10))).toMatch(/^damaged/);
  });
});
