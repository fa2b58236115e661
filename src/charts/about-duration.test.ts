import { expect, test } from "vitest";
import { aboutDuration } from "./about-duration";

const units: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, min: 60_000, s: 1_000 };

/** "1 h 30 min" in milliseconds. */
const readBack = (told: string): number =>
  [...told.matchAll(/(\d+) (d|h|min|s)/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? Number.NaN),
    0,
  );

test("an estimate is told to within a fifth of itself, and in few digits", () => {
  for (let ms = 5_000; ms < 40 * 3_600_000; ms *= 1.03) {
    const told = aboutDuration(ms);
    expect(Math.abs(readBack(told) / ms - 1), `${told} for ${ms} ms`).toBeLessThan(0.2);
    expect(told.match(/[1-9]/g)?.length ?? 0, told).toBeLessThanOrEqual(3);
  }
});

test("estimates read like estimates", () => {
  expect([1_234, 41_000, 245_000, 3_000_000, 5_400_000].map(aboutDuration)).toEqual([
    "1 s",
    "40 s",
    "4 min",
    "50 min",
    "1 h 30 min",
  ]);
});
