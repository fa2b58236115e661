import fc from "fast-check";
import { expect, test } from "vitest";
import { Purpose, randomFor } from "../../math/random";
import {
  betweenInLogarithm,
  cosineOfTurns,
  logOfInteger,
  portableNormals,
  sineOfTurns,
} from "./portable-math";

test("sine and cosine agree with the engine's own", () => {
  fc.assert(
    fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (turns) => {
      // The reference itself rounds 2π·turns, by up to 2⁻⁵³ of 126.
      expect(Math.abs(sineOfTurns(turns) - Math.sin(2 * Math.PI * turns))).toBeLessThan(4e-14);
      expect(Math.abs(cosineOfTurns(turns) - Math.cos(2 * Math.PI * turns))).toBeLessThan(4e-14);
    }),
  );
});

test("quarter turns give 0 and ±1", () => {
  expect([0, 0.25, 0.5, 0.75, 1].map(sineOfTurns).map((x) => Math.round(x * 2 ** 50) / 2 ** 50 + 0)).toEqual([
    0, 1, 0, -1, 0,
  ]);
});

test("the logarithm of integers agrees with the engine's own", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (k) => {
      expect(Math.abs(logOfInteger(k) - Math.log(k))).toBeLessThan(1e-14);
    }),
  );
  expect(logOfInteger(1)).toBe(0);
});

test("a number between two others, uniform in the logarithm, agrees with the engine's power", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 30 }), fc.double({ min: 0, max: 1, noNaN: true }), (low, share) => {
      for (const high of [low, low + 1, Math.floor(2.7 * low)]) {
        const expected = low * (high / low) ** share;
        expect(Math.abs(betweenInLogarithm(low, high, share) / expected - 1)).toBeLessThan(1e-14);
      }
    }),
  );
});

test("normals have the moments of N(0, 1), and a shorter stream is a prefix of a longer one", () => {
  const random = randomFor(3, Purpose.test);
  const count = 40_000;
  const values = portableNormals(random, count, 1, 2, 3);
  const moment = (power: number) => values.reduce((sum, x) => sum + x ** power, 0) / count;
  expect(Math.abs(moment(1))).toBeLessThan(0.02);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
  expect(Math.abs(moment(3))).toBeLessThan(0.06);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  expect(portableNormals(random, 7, 1, 2, 3)).toEqual(values.slice(0, 7));
});
