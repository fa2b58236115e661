import { expect, test } from "vitest";
import { fromHalf, largestHalf, toHalf } from "./half";

test("every number in half precision survives being read and written", () => {
  for (let bits = 0; bits < 0x1_0000; bits++) {
    const value = fromHalf(bits);
    if (Number.isFinite(value)) expect(toHalf(value), `${bits}`).toBe(bits);
  }
});

test("a number between two is rounded to the nearer one, and in the middle to the even one", () => {
  for (let bits = 0; bits < 0x7bff; bits += 7) {
    const [below, above] = [fromHalf(bits), fromHalf(bits + 1)];
    expect(toHalf(below + 0.4 * (above - below))).toBe(bits);
    expect(toHalf(below + 0.6 * (above - below))).toBe(bits + 1);
    expect(toHalf((below + above) / 2)).toBe(bits + (bits & 1));
  }
});

test("what is too large becomes the largest number, and NaN stays NaN", () => {
  expect(fromHalf(toHalf(1e9))).toBe(largestHalf);
  expect(fromHalf(toHalf(Number.NEGATIVE_INFINITY))).toBe(-largestHalf);
  expect(fromHalf(toHalf(Number.NaN))).toBeNaN();
});
