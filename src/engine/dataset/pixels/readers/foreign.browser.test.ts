import { expect, test } from "vitest";
import { createDecoder } from "../decode";
import { asRaw, foreignReader, readDeep } from "./foreign";
import { faxTiff, foreignRedBlue, foreignWhiteBlack } from "./foreign-images.testing";

const SIZE = 24;
const pixelAt = (pixels: Uint8Array, x: number) => [...pixels.subarray(3 * (12 * SIZE + x)).subarray(0, 3)];

async function decoded(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const into = new Uint8Array(SIZE * SIZE * 3);
  await createDecoder(SIZE)(bytes, into);
  return into;
}

/** Lossy formats change colors a little. */
const near = (color: readonly number[], wanted: readonly number[]) =>
  expect(
    color.every((value, at) => Math.abs(value - (wanted[at] ?? 0)) < 45),
    `${color}`,
  ).toBe(true);

test.each(Object.entries(foreignRedBlue))(
  "%s: the left half is red, the right half blue",
  async (_, bytes) => {
    const pixels = await decoded(bytes);
    near(pixelAt(pixels, 4), [255, 0, 0]);
    near(pixelAt(pixels, 20), [0, 0, 255]);
  },
);

test.each(Object.entries(foreignWhiteBlack))(
  "%s: the left half is white, the right half black",
  async (_, bytes) => {
    const pixels = await decoded(bytes);
    expect([pixelAt(pixels, 4), pixelAt(pixels, 20)]).toEqual([
      [255, 255, 255],
      [0, 0, 0],
    ]);
  },
);

test.each(Object.entries({ ...foreignRedBlue, ...foreignWhiteBlack }))(
  "%s: its size is known before its pixels are decoded",
  async (_, bytes) => {
    const opened = await foreignReader(bytes)?.(bytes);
    expect([opened?.width, opened?.height]).toEqual([SIZE, SIZE]);
    const image = await opened?.read();
    expect(image && asRaw(image).pixels.length).toBe(SIZE * SIZE * (image?.channels ?? 0));
  },
);

test("a TIFF of 16 bits keeps them, so that a narrow range is noticed", async () => {
  const image = await readDeep(foreignRedBlue["TIFF of 16 bits"]);
  expect(image?.values.subarray(0, 3)).toEqual(Uint16Array.of(65_535, 0, 0));
  expect(await readDeep(foreignRedBlue["TIFF lzw, predicted"])).toBeUndefined();
});

test("a TIFF that is compressed as a fax is refused with what to do", async () => {
  await expect(decoded(faxTiff)).rejects.toThrow(/TIFF image is compressed as a fax: convert it to PNG/);
});
