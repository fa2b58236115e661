import { expect, test } from "vitest";
import { neighborMap } from "./neighbor-map";

/** Three well-separated clusters in four dimensions. */
const places = Array.from({ length: 60 }, (_, image) =>
  [0, 1, 2, 3].map((d) => (image % 3 === d ? 1 : 0) + 0.02 * Math.sin(13 * image + d)),
).flat();

test("clusters stay together, and the same input gives the same map", async () => {
  const shares: number[] = [];
  const asked = { places, dimensions: 4 };
  const { signal } = new AbortController();
  const map = await neighborMap(asked, (share) => shares.push(share), signal);
  expect(await neighborMap(asked, () => undefined, signal)).toEqual(map);
  expect(shares.length).toBeGreaterThan(1);
  const at = (image: number) => [map[2 * image] ?? 0, map[2 * image + 1] ?? 0] as const;
  const distance = (a: number, b: number) => Math.hypot(at(a)[0] - at(b)[0], at(a)[1] - at(b)[1]);
  for (let image = 3; image < 60; image++) {
    expect(distance(image, image % 3)).toBeLessThan(distance(image, (image + 1) % 3));
  }
  for (let image = 0; image < 60; image++) expect(Math.hypot(...at(image))).toBeLessThanOrEqual(1 + 1e-9);
});

test("a map whose request is aborted is not computed", async () => {
  const controller = new AbortController();
  const map = neighborMap({ places, dimensions: 4 }, () => undefined, controller.signal);
  controller.abort();
  await expect(map).rejects.toThrow(/abort/i);
});
