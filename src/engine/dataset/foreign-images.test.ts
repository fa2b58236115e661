import { expect, test } from "vitest";
import { drawDataset } from "./drawing/draw-dataset";
import { drawForeignImages, type ForeignKind } from "./foreign-images";

const draw = (kind: ForeignKind, channels: 1 | 3 = 3, seed = 1) =>
  drawForeignImages({ kind, seed, size: 16, channels, count: 12 });

test.each(["shapes", "backgrounds", "noise"] as const)(
  "%s: equal seeds give equal images, others differ",
  async (kind) => {
    const first = await draw(kind);
    expect(first).toMatchObject({ count: 12, size: 16, channels: 3 });
    expect(first.pixels).toEqual((await draw(kind)).pixels);
    expect(first.pixels).not.toEqual((await draw(kind, 3, 2)).pixels);
  },
);

test("foreign shapes are not among the training images", async () => {
  const own = await drawDataset("shapes", {
    seed: 1,
    size: 16,
    difficulty: "hard",
    train: 12,
    validation: 1,
    test: 1,
  });
  const foreign = await draw("shapes");
  const image = (pixels: Uint8Array, index: number) => pixels.slice(index * 768, (index + 1) * 768).join();
  const owned = new Set(Array.from({ length: 12 }, (_, index) => image(own.train.pixels, index)));
  for (let index = 0; index < 12; index++) expect(owned).not.toContain(image(foreign.pixels, index));
});

test("backgrounds equal the foreign shapes' images without the shape", async () => {
  const [shapes, backgrounds] = [await draw("shapes"), await draw("backgrounds")];
  const same = shapes.pixels.filter((byte, at) => byte === backgrounds.pixels[at]).length;
  expect(same / shapes.pixels.length).toBeGreaterThan(0.4);
  expect(same / shapes.pixels.length).toBeLessThan(0.95);
});

test("they are gray for gray datasets", async () => {
  const [gray, colored] = [await draw("noise", 1), await draw("noise", 3)];
  expect(gray.pixels).toHaveLength(12 * 256);
  const [red = 0, green = 0, blue = 0] = colored.pixels;
  expect(gray.pixels[0]).toBe(Math.round(0.299 * red + 0.587 * green + 0.114 * blue));
});
