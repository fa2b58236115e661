import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenVector, largestError } from "../math/golden-vectors.test-support";
import { awayFrom, brighten, type Color, grayOf, solarize, turnHue, turnHueInYiq } from "./pointwise";

describe("golden vectors", () => {
  test("aug.pointwise", () => {
    const { inputs, expected, tol } = goldenVector("aug.pointwise");
    expect(largestError(inputs.x.map(solarize), expected.solarize)).toBeLessThan(tol);
    expect(largestError(grayOf(inputs.rgb), expected.gray)).toBeLessThan(tol);
  });
});

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const color = fc.tuple(unit, unit, unit) satisfies fc.Arbitrary<Color>;
const turns = fc.double({ min: -2, max: 2, noNaN: true });
const near = (a: Color, b: Color) => {
  expect(largestError([...a], [...b])).toBeLessThan(1e-9);
};

test("a third of a turn maps red to green, green to blue and blue to red, in any mixture", () => {
  fc.assert(
    fc.property(color, ([red, green, blue]) => {
      near(turnHue([red, green, blue], 1 / 3), [blue, red, green]);
      near(turnHue([red, green, blue], -1 / 3), [green, blue, red]);
    }),
  );
});

test("hue turns keep value and chroma, are inverted by the opposite turn, and repeat after a full circle", () => {
  fc.assert(
    fc.property(color, turns, (original, by) => {
      const turned = turnHue(original, by);
      expect(Math.max(...turned)).toBeCloseTo(Math.max(...original), 9);
      expect(Math.min(...turned)).toBeCloseTo(Math.min(...original), 9);
      near(turnHue(turned, -by), original);
      near(turnHue(original, by + 1), turned);
    }),
  );
});

test("in YIQ, hue turns keep luma and chroma, are inverted by the opposite turn, and leave gray unchanged", () => {
  const middle = fc.double({ min: 0.4, max: 0.6, noNaN: true });
  const middling = fc.tuple(middle, middle, middle) satisfies fc.Arbitrary<Color>;
  const size = ([red, green, blue]: Color) => {
    const [i, q] = [0.596 * red - 0.274 * green - 0.322 * blue, 0.211 * red - 0.523 * green + 0.312 * blue];
    return Math.hypot(i, q);
  };
  fc.assert(
    fc.property(middling, turns, unit, (original, by, gray) => {
      const turned = turnHueInYiq(original, by);
      expect(grayOf(turned)).toBeCloseTo(grayOf(original), 8);
      expect(size(turned)).toBeCloseTo(size(original), 8);
      expect(largestError([...turnHueInYiq(turned, -by)], [...original])).toBeLessThan(1e-8);
      expect(largestError([...turnHueInYiq([gray, gray, gray], by)], [gray, gray, gray])).toBeLessThan(1e-8);
    }),
  );
});

test("yellow lies between red and green", () => {
  near(turnHue([1, 0, 0], 1 / 6), [1, 1, 0]);
  near(turnHue([1, 0.5, 0], 1 / 12), [1, 1, 0]);
});

test("factor 1 is the identity, factor 0 gives black or the base, and results stay in [0, 1]", () => {
  fc.assert(
    fc.property(unit, unit, fc.double({ min: 0, max: 2, noNaN: true }), (x, base, factor) => {
      expect(brighten(x, 1)).toBe(x);
      expect(brighten(x, 0)).toBe(0);
      expect(awayFrom(base, x, 1)).toBe(x);
      expect(awayFrom(base, x, 0)).toBe(base);
      for (const changed of [brighten(x, factor), awayFrom(base, x, factor)]) {
        expect(changed).toBeGreaterThanOrEqual(0);
        expect(changed).toBeLessThanOrEqual(1);
      }
      if (factor > 1 && x > base) expect(awayFrom(base, x, factor)).toBeGreaterThanOrEqual(x);
    }),
  );
});

test("solarization keeps dark bytes and inverts bright ones", () => {
  for (let byte = 0; byte < 256; byte++) {
    expect(solarize(byte / 255)).toBeCloseTo(byte < 128 ? byte / 255 : 1 - byte / 255, 12);
  }
});

test("the gray of white is 1, and green has the largest weight", () => {
  expect(grayOf([1, 1, 1])).toBeCloseTo(1, 12);
  expect(grayOf([0, 1, 0])).toBeGreaterThan(grayOf([1, 0, 0]));
  expect(grayOf([1, 0, 0])).toBeGreaterThan(grayOf([0, 0, 1]));
});
