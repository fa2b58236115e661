import fc from "fast-check";
import { expect, test } from "vitest";
import { Rejection } from "../../rejection";
import { mutationOf } from "../../tables/table-files.testing";
import { isNetpbm, netpbmHeader, readNetpbm } from "./netpbm";

const text = (content: string) => Uint8Array.from(content, (character) => character.charCodeAt(0));
const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** One image in any of the six formats, and its expected bytes. */
const images = fc
  .record({
    kind: fc.integer({ min: 1, max: 6 }),
    width: fc.integer({ min: 1, max: 19 }),
    height: fc.integer({ min: 1, max: 7 }),
    most: fc.constantFrom(1, 15, 255, 1023, 65_535),
    comment: fc.constantFrom("", "# made by hand\n", "#1 2 3\n# 4\n"),
    seed: fc.array(fc.nat(65_535), { minLength: 1, maxLength: 40 }),
  })
  .map(({ kind, width, height, most: wanted, comment, seed }) => {
    const isBitmap = kind % 3 === 1;
    const most = isBitmap ? 1 : wanted;
    const count = width * height * (kind % 3 === 0 ? 3 : 1);
    const values = Array.from(
      { length: count },
      (_, i) => ((seed[i % seed.length] as number) + i) % (most + 1),
    );
    const head = text(`P${kind}\n${comment}${width} ${height}\n${isBitmap ? "" : `${most}\n`}`);
    const expected = values.map((value) => Math.round((255 * (isBitmap ? 1 - value : value)) / most));
    const rows = Array.from({ length: height }, (_, y) => values.slice(y * width, (y + 1) * width));
    const packed = rows.flatMap((row) =>
      Array.from({ length: Math.ceil(width / 8) }, (_, byte) =>
        Array.from({ length: 8 }, (_, bit) => (row[8 * byte + bit] ?? 0) << (7 - bit)).reduce(
          (a, b) => a + b,
        ),
      ),
    );
    const body =
      kind <= 3
        ? text(values.join(isBitmap ? "" : " "))
        : kind === 4
          ? Uint8Array.from(packed)
          : Uint8Array.from(values.flatMap((value) => (most > 255 ? [value >> 8, value & 255] : [value])));
    return { bytes: joined(head, body), width, height, expected };
  });

test("all six formats give their pixels at any depth and with comments", () => {
  fc.assert(
    fc.property(images, ({ bytes, width, height, expected }) => {
      expect(isNetpbm(bytes)).toBe(true);
      const image = readNetpbm(bytes);
      expect([image.width, image.height]).toEqual([width, height]);
      expect([...image.pixels]).toEqual(expected);
    }),
  );
});

test("200 damaged files: refused, or an image of the size in the header", () => {
  fc.assert(
    fc.property(
      images.chain(({ bytes }) => mutationOf(bytes)),
      (bytes) => {
        if (!isNetpbm(bytes)) return;
        const header = netpbmHeader(bytes);
        if (!header || header.width * header.height > 1e6) return;
        try {
          const { pixels, channels } = readNetpbm(bytes);
          expect(pixels).toHaveLength(header.width * header.height * channels);
        } catch (error) {
          expect(error).toBeInstanceOf(Rejection);
        }
      },
    ),
    { numRuns: 200 },
  );
});
