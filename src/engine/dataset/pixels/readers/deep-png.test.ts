import fc from "fast-check";
import { expect, test } from "vitest";
import { mutationOf } from "../../tables/table-files.testing";
import { pixelNotices } from "../remarks";
import { type DeepImage, isDeepPng, rangeOf, readDeepPng, stretched } from "./deep-png";
import { encodeDeepPng } from "./deep-png.testing";

const images = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 8 }),
    channels: fc.constantFrom(1, 2, 3, 4) as fc.Arbitrary<1 | 2 | 3 | 4>,
    seed: fc.array(fc.nat(65_535), { minLength: 3, maxLength: 50 }),
  })
  .map(({ seed, ...shape }): DeepImage => {
    const count = shape.width * shape.height * shape.channels;
    return {
      ...shape,
      values: Uint16Array.from({ length: count }, (_, i) => seed[i % seed.length] as number),
    };
  });

test("every 16-bit value round-trips through all filters and several chunks", () => {
  fc.assert(
    fc.property(images, (image) => {
      const bytes = encodeDeepPng(image);
      expect(isDeepPng(bytes)).toBe(true);
      expect(readDeepPng(bytes)).toEqual(image);
    }),
  );
});

test("200 damaged files: no image, or one of the stated size", () => {
  fc.assert(
    fc.property(
      images.chain((image) => mutationOf(encodeDeepPng(image))),
      (bytes) => {
        const image = isDeepPng(bytes) ? readDeepPng(bytes) : undefined;
        if (image) expect(image.values).toHaveLength(image.width * image.height * image.channels);
      },
    ),
    { numRuns: 200 },
  );
});

test("stretching maps the least value to black and the greatest to white, and keeps the order", () => {
  fc.assert(
    fc.property(images, (image) => {
      const range = rangeOf(image);
      fc.pre(range.high > range.low);
      const { pixels, channels } = stretched(image, range);
      const seen = Array.from({ length: image.width * image.height }, (_, pixel) => ({
        value: image.values[pixel * image.channels] as number,
        byte: pixels[pixel * channels] as number,
      })).sort((a, b) => a.value - b.value);
      for (const { value, byte } of seen) {
        expect(byte).toBe(Math.round((255 * (value - range.low)) / (range.high - range.low)));
      }
    }),
  );
});

test("12 bits in 16 use a sixteenth of the range, which is reported; a wide range is not", () => {
  const of = (high: number) => {
    const deep = new Map([[0, { low: 7, high }]]);
    return pixelNotices({ deep, unmarkedCmyk: [] }, false, () => "a.png");
  };
  expect(of(4_000)).toMatchObject([{ kind: "narrow-range", names: ["16", "a.png"], offer: "stretched" }]);
  expect(of(40_000)).toEqual([]);
});
