import fc from "fast-check";
import { expect, test } from "vitest";
import { sized } from "../../test-size.test-support";
import { Rejection } from "../rejection";
import { mutationOf } from "../tables/table-files.testing";
import { createDecoder } from "./decode";
import { encode, encodeBitmap, redBlue } from "./encoded-images.testing";
import { foreignRedBlue } from "./readers/foreign-images.testing";

/** Single images, as pasted, photographed or dropped in folders. */

const size = 16;
const bytes = size * size * 3;
test.each([
  ["PNG", () => encode(24, 20, "image/png")],
  ["JPEG", () => encode(24, 20, "image/jpeg")],
  ["WebP", () => encode(24, 20, "image/webp")],
  ["BMP", async () => encodeBitmap(12, 10)],
  ["GIF", async () => redBlue.gif],
  ["AVIF", async () => redBlue.avif],
  ["HEIC", async () => foreignRedBlue.HEIC],
  ["JPEG XL", async () => foreignRedBlue["JPEG XL in a container"]],
  ["TIFF with LZW", async () => foreignRedBlue["TIFF lzw, predicted"]],
  ["TIFF with Deflate", async () => foreignRedBlue["TIFF deflated, tiled, planes"]],
  ["TIFF with JPEG", async () => foreignRedBlue["TIFF with jpeg"]],
] as const)("damaged %s images are refused or written into their own slot only", async (_, make) => {
  const intact = await make();
  const decode = createDecoder(size);
  const canvas = new Uint8Array(3 * bytes);
  await decode(intact, canvas.subarray(bytes, 2 * bytes));
  expect(canvas.some((value) => value !== 0)).toBe(true);
  await fc.assert(
    fc.asyncProperty(mutationOf(intact), async (changed) => {
      canvas.fill(7);
      try {
        await decode(changed, canvas.subarray(bytes, 2 * bytes));
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        expect(error.detail).toMatch(/\.$|”$/);
      }
      const beside = [...canvas.subarray(0, bytes), ...canvas.subarray(2 * bytes)];
      expect(beside.every((value) => value === 7)).toBe(true);
    }),
    { numRuns: sized(50, 200) },
  );
});
