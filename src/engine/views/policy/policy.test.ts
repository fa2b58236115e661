import { describe, expect, test } from "vitest";
import { Purpose, randomFor } from "../../math/random";
import { drawView, type RenderRecipe } from "../parameters";
import { pictureOf, type UnitPicture } from "../picture";
import { noiseImages, untouched } from "../view-cases.test-support";
import { type PolicyOperation, policyOf, policyOperations } from "./policy";
import { applyPolicyStep } from "./policy-render";

const size = 16;
function pictureOfNoise(channels: 1 | 3): UnitPicture {
  const { pixels } = pictureOf(noiseImages(1, size, channels), 0);
  return { pixels: Float32Array.from(pixels, (byte) => byte / 255), size, channels };
}
const noise = pictureOfNoise(3);
const apply = (operation: PolicyOperation, strength: number, picture = noise) =>
  applyPolicyStep(picture, { operation, strength }).pixels;
const largestGap = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] as number))), 0);
const auto: RenderRecipe = { ...untouched, policy: "autoAugment" };
const rand: RenderRecipe = { ...untouched, policy: "randAugment" };
const drawMany = (recipe: RenderRecipe, count = 6_000) => {
  const random = randomFor(3, Purpose.views);
  return Array.from({ length: count }, (_, sample) =>
    drawView(recipe, random, { epoch: 0, sample, view: 0 }),
  );
};

describe("operations", () => {
  test.each(["rotate", "shearX", "translateY", "brightness", "contrast", "color", "sharpness"] as const)(
    "%s with strength 0 changes nothing",
    (operation) => expect(largestGap(apply(operation, 0), noise.pixels)).toBeLessThan(1e-6),
  );

  test("inverting twice is the identity; posterizing is idempotent", () => {
    const once = { ...noise, pixels: apply("invert", 0) };
    expect(largestGap(apply("invert", 0, once), noise.pixels)).toBeLessThan(1e-6);
    const few = { ...noise, pixels: apply("posterize", 16) };
    expect(new Set(few.pixels).size).toBeLessThanOrEqual(16);
    expect(largestGap(apply("posterize", 16, few), few.pixels)).toBe(0);
  });

  test("a quarter turn moves every pixel exactly, and four are the identity", () => {
    const quarter = (picture: UnitPicture) => ({ ...picture, pixels: apply("rotate", Math.PI / 2, picture) });
    const turned = quarter(noise);
    const at = (pixels: Float32Array, y: number, x: number) => pixels[(y * size + x) * 3] as number;
    expect(at(turned.pixels, 2, 5)).toBeCloseTo(at(noise.pixels, 5, size - 1 - 2), 5);
    expect(largestGap(quarter(quarter(quarter(turned))).pixels, noise.pixels)).toBeLessThan(1e-5);
  });

  test("pixels from outside the image are mid-gray", () => {
    const moved = apply("translateX", 0.25);
    for (let y = 0; y < size; y++) {
      expect(moved[(y * size + size - 1) * 3]).toBe(0.5);
      expect(moved[y * size * 3]).toBe(noise.pixels[(y * size + 4) * 3]);
    }
  });

  test("autoContrast uses the whole range; equalize gives a uniform histogram", () => {
    const dull = { ...noise, pixels: noise.pixels.map((x) => 0.4 + 0.2 * x) };
    for (const operation of ["autoContrast", "equalize"] as const) {
      const pixels = apply(operation, 0, dull);
      expect(Math.min(...pixels)).toBe(0);
      expect(Math.max(...pixels)).toBeCloseTo(1, 6);
    }
    const spread = apply("equalize", 0, dull).toSorted();
    const middle = spread[spread.length / 2] as number;
    expect(Math.abs(middle - 0.5)).toBeLessThan(0.05);
  });

  test("color changes no gray picture; autoContrast and equalize change no uniform one", () => {
    const gray = pictureOfNoise(1);
    expect(apply("color", 0.9, gray)).toEqual(gray.pixels);
    const even = { ...gray, pixels: gray.pixels.map(() => 51 / 255) };
    expect(largestGap(apply("autoContrast", 0, even), even.pixels)).toBe(0);
    expect(largestGap(apply("equalize", 0, even), even.pixels)).toBeLessThan(1e-6);
  });
});

describe("AutoAugment", () => {
  test("draws its 25 pairs equally often, and each operation with its probability", () => {
    const rows = policyOf(auto)?.rows ?? [];
    expect(rows).toHaveLength(25);
    const expected = new Map<string, number>();
    for (const entry of rows.flat()) {
      expected.set(entry.operation, (expected.get(entry.operation) ?? 0) + entry.chance / rows.length);
    }
    const views = drawMany(auto);
    for (const [operation, mean] of expected) {
      const found = views.flatMap(({ policy }) => policy).filter((step) => step.operation === operation);
      expect(Math.abs(found.length / views.length - mean), operation).toBeLessThan(0.03);
    }
  });
});

describe("RandAugment", () => {
  test("draws its 14 operations equally often, never the inversion, as many as requested", () => {
    const views = drawMany({ ...rand, randAugmentOperations: 3 });
    expect(views.every(({ policy }) => policy.length === 3)).toBe(true);
    const steps = views.flatMap(({ policy }) => policy);
    for (const operation of policyOperations) {
      const share = steps.filter((step) => step.operation === operation).length / steps.length;
      expect(Math.abs(share - (operation === "invert" ? 0 : 1 / 14)), operation).toBeLessThan(0.01);
    }
  });

  test("the magnitude scales every strength; signed operations go both ways equally often", () => {
    const rotations = (randAugmentMagnitude: number) =>
      drawMany({ ...rand, randAugmentMagnitude })
        .flatMap(({ policy }) => policy)
        .filter(({ operation }) => operation === "rotate")
        .map(({ strength }) => strength);
    const nine = rotations(9);
    expect(new Set(nine.map((angle) => Math.abs(angle).toFixed(6)))).toEqual(
      new Set([((0.3 * Math.PI) / 6).toFixed(6)]),
    );
    expect(Math.abs(nine.filter((angle) => angle > 0).length / nine.length - 0.5)).toBeLessThan(0.06);
    expect(rotations(0).every((angle) => angle === 0)).toBe(true);
  });
});

test("a policy does not change the other parameters of a view", () => {
  const random = randomFor(3, Purpose.views);
  const here = { epoch: 1, sample: 2, view: 0 };
  const recipe: RenderRecipe = { ...untouched, scale: { min: 0.1, max: 1 }, jitterProbability: 1, hue: 0.5 };
  const without = drawView(recipe, random, here);
  expect(drawView({ ...recipe, policy: "autoAugment" }, random, here)).toEqual({
    ...without,
    policy: expect.any(Array),
  });
});
