import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { box, disc, shapes } from "./signed-distance";

const coordinate = fc.double({ min: -1.6, max: 1.6, noNaN: true });
const point = fc.tuple(coordinate, coordinate);

function shape(name: string) {
  const found = shapes.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no shape ${name}`);
  return found.distance;
}

/** Estimates the area by counting the points of a fine grid that lie inside. */
function area(distance: (x: number, y: number) => number): number {
  const cells = 400;
  const step = 3 / cells;
  let inside = 0;
  for (let i = 0; i < cells; i++) {
    for (let j = 0; j < cells; j++) {
      if (distance((i + 0.5) * step - 1.5, (j + 0.5) * step - 1.5) < 0) inside++;
    }
  }
  return inside * step * step;
}

describe.each(shapes)("$name", ({ name, distance }) => {
  test("values at two points differ by no more than their distance", () => {
    fc.assert(
      fc.property(point, point, ([ax, ay], [bx, by]) => {
        const apart = Math.hypot(ax - bx, ay - by);
        expect(Math.abs(distance(ax, ay) - distance(bx, by))).toBeLessThanOrEqual(apart + 1e-12);
      }),
    );
  });

  test("has an interior, and fits within a radius of 1.2", () => {
    expect(area(distance)).toBeGreaterThan(0.5);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }), (angle) => {
        expect(distance(1.2 * Math.cos(angle), 1.2 * Math.sin(angle))).toBeGreaterThan(0);
      }),
    );
  });

  test("is symmetric left to right (the crescent top to bottom)", () => {
    const [flipX, flipY] = name === "crescent" ? [1, -1] : [-1, 1];
    fc.assert(
      fc.property(point, ([x, y]) => {
        expect(distance(flipX * x, flipY * y)).toBeCloseTo(distance(x, y), 10);
      }),
    );
  });
});

test("areas match elementary geometry", () => {
  const triangle = ((3 * Math.sqrt(3)) / 4) * 1.08 ** 2;
  const pentagon = (5 / 2) * Math.sin((2 * Math.PI) / 5);
  const star = 10 * 0.5 * 0.42 * Math.sin(Math.PI / 5);
  const heart = 1.75 ** 2 * (0.5 + Math.PI / 8);
  const cross = 2 * (1.9 * 0.56) - 0.56 ** 2;
  const arrow = 0.7 + 0.4 * 0.95;
  const expected = {
    circle: Math.PI * 0.88 ** 2,
    ring: Math.PI * (0.9 ** 2 - 0.5 ** 2),
    triangle,
    square: 2 * 1.05 ** 2,
    pentagon,
    star,
    heart,
    cross,
    arrow,
  };
  for (const [name, value] of Object.entries(expected)) {
    expect(area(shape(name)), name).toBeCloseTo(value, 1.5);
  }
});

test("regular polygons are unchanged by a rotation of one corner", () => {
  for (const [name, corners] of [
    ["triangle", 3],
    ["square", 4],
    ["pentagon", 5],
    ["star", 5],
    ["cross", 4],
  ] as const) {
    const [cos, sin] = [Math.cos((2 * Math.PI) / corners), Math.sin((2 * Math.PI) / corners)];
    const distance = shape(name);
    fc.assert(
      fc.property(point, ([x, y]) => {
        expect(distance(cos * x - sin * y, sin * x + cos * y)).toBeCloseTo(distance(x, y), 10);
      }),
    );
  }
});

test("y points up: the triangle's corner, the heart's tip and the arrow's head are in place", () => {
  expect(shape("triangle")(0, 1.08)).toBeCloseTo(0);
  expect(shape("triangle")(0, -0.54)).toBeCloseTo(0);
  expect(shape("square")(1.05 * Math.SQRT1_2, 0)).toBeCloseTo(0);
  expect(shape("heart")(0, -0.95)).toBeCloseTo(0);
  expect(shape("heart")(0.3, 0.6)).toBeLessThan(0);
  expect(shape("arrow")(0, 0.9)).toBeLessThan(0);
  expect(shape("arrow")(0.5, -0.5)).toBeGreaterThan(0);
  expect(shape("crescent")(-0.7, 0)).toBeLessThan(0);
  expect(shape("crescent")(0.4, 0)).toBeGreaterThan(0);
});

test("discs and boxes measure true distances", () => {
  expect(disc(1)(3, 4)).toBeCloseTo(4);
  expect(box(1, 2)(4, 6)).toBeCloseTo(5);
  expect(box(1, 2)(0, 0)).toBeCloseTo(-1);
});
