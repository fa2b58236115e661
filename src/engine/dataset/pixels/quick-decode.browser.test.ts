import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sized } from "../../test-size.test-support";
import { Rejection } from "../rejection";
import { mutationOf } from "../tables/table-files.testing";
import { encode, encodeBitmap, type Painter, pattern, withOrientation } from "./encoded-images.testing";
import { headerDimensions, sniffFormat } from "./image-format";
import { decodeQuickly } from "./quick-decode";

type Bytes = Uint8Array<ArrayBuffer>;

const quick = async (bytes: Bytes) => {
  const format = sniffFormat(bytes);
  return decodeQuickly(bytes, format, headerDimensions(bytes, format));
};

/** RGB as decoded by the browser's standard path. */
async function usual(bytes: Bytes): Promise<number[]> {
  const bitmap = await createImageBitmap(new Blob([bytes]), { colorSpaceConversion: "none" });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", {
    willReadFrequently: true,
  });
  context?.drawImage(bitmap, 0, 0);
  const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] };
  return Array.from(data).filter((_, at) => at % 4 !== 3);
}

async function encodeWith(width: number, height: number, quality: number): Promise<Bytes> {
  const canvas = new OffscreenCanvas(width, height);
  const image = new ImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    image.data.set(pattern(at % width, Math.floor(at / width)), 4 * at);
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality })).arrayBuffer());
}

describe("small images decoded in this process", () => {
  test.each([
    [32, 32, 0.9],
    [33, 31, 0.5],
    [6, 17, 0.8],
    [64, 5, 0.95],
    [41, 40, 1],
  ])("JPEG, %i × %i at quality %f: equal pixels", async (width, height, quality) => {
    const bytes = await encodeWith(width, height, quality);
    const image = await quick(bytes);
    expect(image).toMatchObject({ width, height, channels: 3 });
    expect(Array.from(image?.pixels ?? [])).toEqual(await usual(bytes));
  });

  test("PNG: equal pixels unless transparent", async () => {
    const bytes = await encode(19, 23);
    expect(Array.from((await quick(bytes))?.pixels ?? [])).toEqual(await usual(bytes));
    const glass: Painter = (x, y) => [10 * x, 10 * y, 0, x === 3 ? 254 : 255];
    expect(await quick(await encode(8, 8, "image/png", glass))).toBeUndefined();
  });

  test.each(["image/jpeg", "image/png"] as const)(
    "damaged %s files: refused or decoded exactly as by the standard path",
    async (type) => {
      await fc.assert(
        fc.asyncProperty(mutationOf(await encode(24, 20, type)), async (changed) => {
          // Files that do not begin like an image never get here.
          const image = await quick(changed).catch((error: unknown) => {
            if (!(error instanceof Rejection)) throw error;
          });
          if (image) expect(Array.from(image.pixels)).toEqual(await usual(changed));
        }),
        { numRuns: sized(50, 200) },
      );
    },
  );

  test("large, rotated, damaged and other images are left to the standard path", async () => {
    const jpeg = await encode(24, 20, "image/jpeg");
    expect(await quick(jpeg)).toBeDefined();
    expect(await quick(withOrientation(jpeg, 6))).toBeUndefined();
    expect(await quick(jpeg.slice(0, 200))).toBeUndefined();
    expect(await quick(await encode(600, 600, "image/png", () => [1, 2, 3, 255]))).toBeUndefined();
    expect(await quick(encodeBitmap(8, 8))).toBeUndefined();
  });
});
