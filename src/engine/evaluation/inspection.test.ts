import { expect, test } from "vitest";
import { inspect, principalPlaces } from "./inspection";

test("the map spreads rows along the directions of largest variance", () => {
  const rows = Array.from({ length: 40 }, (_, at) => {
    const along = at / 20 - 1;
    return Float32Array.of(0.5, 3 * along, at % 2 === 0 ? 0.5 : -0.5, 0);
  });
  const map = principalPlaces(rows, 2);
  const x = map.filter((_, at) => at % 2 === 0);
  const y = map.filter((_, at) => at % 2 === 1);
  const direction = Math.sign((x[1] as number) - (x[0] as number));
  for (let at = 1; at < x.length; at++) {
    expect(direction * ((x[at] as number) - (x[at - 1] as number))).toBeGreaterThan(0);
  }
  expect(Math.sign(y[0] as number)).toBe(-Math.sign(y[1] as number));
  expect(Math.max(...rows.map((_, at) => Math.hypot(x[at] as number, y[at] as number)))).toBeCloseTo(1);
});

test("more features that do not vary change no place", () => {
  const rows = Array.from({ length: 30 }, (_, at) =>
    Float32Array.of(Math.sin(at), 3 * Math.cos(2 * at), at % 3),
  );
  const wide = rows.map((row) => Float32Array.from({ length: 600 }, (_, d) => row[d] ?? 1));
  const [few, many] = [principalPlaces(rows, 2), principalPlaces(wide, 2)];
  // A direction's sign is arbitrary.
  for (const [at, place] of few.entries())
    expect(Math.abs(many[at] as number)).toBeCloseTo(Math.abs(place), 4);
});

test("equal rows share one place", () => {
  expect(principalPlaces([Float32Array.of(1, 2), Float32Array.of(1, 2)], 2)).toEqual([0, 0, 0, 0]);
});

test("each image has the class with most votes and its nearest training images, nearest first", () => {
  const images = { features: Float32Array.of(2, 0, 0, 5), labels: [0, 1] };
  const nearest = {
    votes: Float32Array.of(0.9, 0.1, 0.6, 0.4),
    neighbors: Int32Array.of(0, 2, 1, 1, 2, 0),
  };
  const found = inspect({ bank: [10, 20, 30, 40], test: images, nearest });
  expect(found).toMatchObject({ images: [0, 1], labels: [0, 1], predictions: [0, 0] });
  expect(found.neighbors).toEqual([10, 30, 20, 20, 30, 10]);
  expect(found.components).toEqual({
    dimensions: 2,
    places: found.map.map((place) => expect.closeTo(place, 3)),
  });
});

test("from many images, inspected ones are picked evenly", () => {
  const count = 2_000;
  const features = new Float32Array(2 * count).fill(1);
  const labels = Array.from({ length: count }, (_, at) => Math.floor(at / 500));
  const nearest = {
    votes: new Float32Array(4 * count),
    neighbors: Int32Array.from({ length: 3 * count }, (_, at) => (at % 3 === 0 ? Math.floor(at / 3) : 0)),
  };
  const bank = Array.from({ length: count }, (_, at) => 5 * at);
  const found = inspect({ bank, test: { features, labels }, nearest });
  expect(found.images).toHaveLength(500);
  expect(found.neighbors.filter((_, at) => at % 3 === 0)).toEqual(found.images.map((image) => 5 * image));
  for (let label = 0; label < 4; label++) {
    expect(found.labels.filter((one) => one === label)).toHaveLength(125);
  }
});
