import { expect, test } from "vitest";
import { Rejection } from "../rejection";
import { headerDimensions, type ImageFormat, sniffFormat } from "./image-format";

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? Array.from(part, (c) => c.charCodeAt(0)) : [...part],
    ),
  );

/** Headers of 300 × 200 images, written by the formats' specifications. */
const heads: Record<string, [ImageFormat, Uint8Array]> = {
  png: ["png", bytes([0x89], "PNG\r\n\x1a\n", [0, 0, 0, 13], "IHDR", [0, 0, 1, 44, 0, 0, 0, 200])],
  gif: ["gif", bytes("GIF89a", [44, 1, 200, 0])],
  bmp: ["bmp", bytes("BM", Array(12).fill(0), [40, 0, 0, 0], [44, 1, 0, 0], [56, 255, 255, 255])],
  "old bmp": ["bmp", bytes("BM", Array(12).fill(0), [12, 0, 0, 0], [44, 1], [200, 0])],
  jpeg: [
    "jpeg",
    bytes([
      0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc4, 0, 3, 9, 0xff, 0xff, 0xc2, 0, 17, 8, 0, 200, 1, 44,
    ]),
  ],
  "lossy webp": ["webp", bytes("RIFF", [0, 0, 0, 0], "WEBPVP8 ", Array(10).fill(0), [44, 1 | 0x40, 200, 0])],
  "lossless webp": [
    "webp",
    bytes(
      "RIFF",
      [0, 0, 0, 0],
      "WEBPVP8L",
      [0, 0, 0, 0, 0x2f],
      [299 & 0xff, (299 >> 8) | ((199 & 3) << 6), 199 >> 2, 0],
    ),
  ],
  "extended webp": [
    "webp",
    bytes("RIFF", [0, 0, 0, 0], "WEBPVP8X", [10, 0, 0, 0, 0, 0, 0, 0], [43, 1, 0], [199, 0, 0]),
  ],
  avif: [
    "avif",
    bytes(
      [0, 0, 0, 28],
      "ftypavif",
      Array(8).fill(0),
      "ispe",
      [0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 9],
      "....",
      "ispe",
      [0, 0, 0, 0, 0, 0, 1, 44, 0, 0, 0, 200],
    ),
  ],
};

test.each(Object.entries(heads))("%s is recognized, and its size read", (_, [format, head]) => {
  expect(sniffFormat(head)).toBe(format);
  expect(headerDimensions(head, format)).toEqual({ width: 300, height: 200 });
});

test.each(Object.entries(heads))("%s truncated anywhere gives no size and no error", (_, [format, head]) => {
  for (let end = 0; end < head.length; end++) {
    expect(() => headerDimensions(head.subarray(0, end), format)).not.toThrow();
  }
});

function verdict(content: Uint8Array): string {
  try {
    return sniffFormat(content);
  } catch (error) {
    return error instanceof Rejection ? error.reason : String(error);
  }
}

test("text is distinguished from images in any encoding", () => {
  expect(verdict(bytes("BMW is a maker of cars"))).toBe("not-an-image");
  expect(verdict(new TextEncoder().encode("größer ".repeat(200)))).toBe("not-an-image");
  expect(verdict(bytes([0xff, 0xfe], "h\0i\0"))).toBe("not-an-image");
  expect(() => sniffFormat(bytes("  a,b\n1,2\n"))).toThrow("its content is text, beginning “a,b 1,2”");
  expect(() => sniffFormat(bytes([0xff, 0xfe], "h\0i\0"))).toThrow("“hi”");
});

test("pictures that browsers cannot decode are distinguished from other files", () => {
  expect(verdict(bytes([0, 0, 0, 12], "jP  \r\n"))).toBe("unsupported-format");
  expect(verdict(bytes([0, 0, 0, 24], "ftypisom"))).toBe("not-an-image");
  expect(verdict(bytes("<!-- by hand -->\n<svg width='1'/>"))).toBe("unsupported-format");
  expect(verdict(bytes("PK\x03\x04"))).toBe("not-an-image");
});
