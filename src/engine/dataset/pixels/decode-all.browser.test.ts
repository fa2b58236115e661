import { describe, expect, test } from "vitest";
import { Rejection } from "../rejection";
import type { Source } from "../source";
import { createDecoder } from "./decode";
import { decodeAll } from "./decode-all";
import { createDecodePool } from "./decode-pool";
import { encode, encodeBitmap, type Painter, text } from "./encoded-images.testing";

const size = 16;
const bytes = size * size * 3;
const paint =
  (number: number): Painter =>
  () => [number % 256, number >> 8, 77, 255];

/** Enough images for helpers to be used. Every tenth file is not an image, and every seventh has plain pixels. */
const sources: readonly Source[] = Array.from({ length: 400 }, (_, number) => ({
  path: `${number}`,
  read: async () => {
    if (number % 10 === 3) return text(`no image ${number}`);
    if (number % 7 === 0) {
      const pixels = new Uint8Array(18 * 18 * 3).map(
        (__, at) => [number % 256, number >> 8, 77][at % 3] as number,
      );
      return { width: 18, height: 18, channels: 3, pixels };
    }
    return encodeBitmap(20, 18, paint(number));
  },
}));

test("many images are decoded into their own slots, and other files are listed in order", async () => {
  const { pixels, accepted, rejected } = await decodeAll(sources, size, {});
  expect(accepted).toHaveLength(360);
  for (const slot of accepted) {
    expect(Array.from(pixels.subarray(slot * bytes, slot * bytes + 3))).toEqual([slot % 256, slot >> 8, 77]);
  }
  expect(rejected.map(({ path }) => path)).toEqual(Array.from({ length: 40 }, (_, i) => `${10 * i + 3}`));
  expect(rejected[0]).toMatchObject({
    reason: "not-an-image",
    detail: expect.stringContaining("no image 3"),
  });
});

test("an abort stops decoding without waiting for helpers", async () => {
  const controller = new AbortController();
  const decoding = decodeAll(sources, size, {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("enough")),
  });
  await expect(decoding).rejects.toThrow("enough");
});

describe("helpers", () => {
  test("give the same pixels and rejections as without them", async () => {
    const files = await Promise.all([encode(40, 30, "image/jpeg"), encode(24, 24), encode(9, 14)]);
    files.splice(1, 0, text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"));
    const pool = createDecodePool(size, 3);
    const group = await pool.decode(files);
    pool.dispose();
    const decode = createDecoder(size);
    for (const [at, file] of files.entries()) {
      const into = new Uint8Array(bytes);
      const rejection = await decode(file, into).then(
        () => undefined,
        (error: Rejection) => error,
      );
      expect(group?.rejections.get(at)?.detail).toBe(rejection?.detail);
      if (!rejection) expect(group?.pixels.slice(at * bytes, (at + 1) * bytes)).toEqual(into);
    }
    expect(group?.rejections.get(1)).toBeInstanceOf(Rejection);
    // The buffers passed to helpers were copied and are still usable.
    expect(files[0]?.length).toBeGreaterThan(100);
  });

  test("that have ended leave the work to the caller", async () => {
    const pool = createDecodePool(size, 2);
    const file = await encode(16, 16);
    const asked = pool.decode([file]);
    pool.dispose();
    expect(await asked).toBeUndefined();
    expect(await pool.decode([file])).toBeUndefined();
  });
});
