import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawnDifficulties } from "../../../protocol/dataset";
import { Purpose, randomFor } from "../../math/random";
import { createTextureRenderer } from "./textures-render";
import {
  directionOf,
  drawTextureScene,
  type TextureClass,
  type TextureScene,
  textureNuisances,
  textures,
} from "./textures-scene";

describe.each(drawnDifficulties)("scenes, %s", (difficulty) => {
  const limits = textureNuisances[difficulty];
  const random = randomFor(9, Purpose.textures);

  test("stay within their ranges, with colors that differ in luma", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(2), (index, part) => {
        const scene = drawTextureScene(random, { index, part }, limits);
        const [shortest, longest] = limits.periods;
        expect(scene.period).toBeGreaterThanOrEqual(shortest);
        expect(scene.period).toBeLessThanOrEqual(longest);
        expect(Math.abs(scene.turn)).toBeLessThanOrEqual(limits.turn / 360);
        for (const value of scene.center) expect(Math.abs(value)).toBeLessThanOrEqual(6);
        for (const value of scene.edges.positions) expect(Math.abs(value)).toBeLessThanOrEqual(5);
        const luma = ([r, g, b]: readonly [number, number, number]) => 0.299 * r + 0.587 * g + 0.114 * b;
        for (const { foreground, background } of scene.colors) {
          expect(Math.abs(luma(foreground) - luma(background))).toBeGreaterThanOrEqual(0.35);
          for (const value of [...foreground, ...background]) {
            expect(value).toBeGreaterThanOrEqual(0.05);
            expect(value).toBeLessThanOrEqual(0.95);
          }
        }
        for (const { frequency } of scene.warp.waves.flat()) {
          const period = 1 / Math.hypot(...frequency);
          expect(period).toBeGreaterThanOrEqual(14 - 1e-9);
          expect(period).toBeLessThanOrEqual(26 + 1e-9);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("are independent of the class: no nuisance correlates with it", () => {
    const [shortest, longest] = limits.periods;
    const middle = (Math.log(shortest) + Math.log(longest)) / 2;
    const spread = (Math.log(longest) - Math.log(shortest)) / Math.sqrt(12);
    for (let label = 0; label < 10; label++) {
      let periods = 0;
      let turns = 0;
      for (let i = 0; i < 400; i++) {
        const scene = drawTextureScene(random, { index: 10 * i + label, part: 0 }, limits);
        periods += Math.log(scene.period);
        turns += scene.turn;
      }
      // Five standard errors of the mean of 400.
      expect(Math.abs(periods / 400 - middle)).toBeLessThan(spread / 4);
      expect(Math.abs(turns / 400)).toBeLessThan(((limits.turn / 360) * 2) / Math.sqrt(12) / 4);
    }
  });
});

test("classes whose patterns have an angle stay apart: turns are smaller than half the angle between two", () => {
  for (const { turn } of Object.values(textureNuisances)) expect(turn).toBeLessThan(15);
});

/** A scene without warp, edges or turn, white on black. */
const plain: TextureScene = {
  period: 4,
  turn: 0,
  phases: [0, 0],
  center: [0, 0],
  warp: { amplitude: 0, waves: [[], []] },
  colors: [
    { foreground: [1, 1, 1], background: [0, 0, 0] },
    { foreground: [1, 1, 1], background: [0, 0, 0] },
  ],
  edges: { direction: [1, 0], positions: [100, 100], inverted: [false, false, false] },
};

function rendered(texture: TextureClass, scene: TextureScene, size = 32): Uint8Array {
  const image = new Uint8Array(size * size * 3);
  createTextureRenderer(size)(scene, texture, new Float64Array(image.length), 0, image);
  return image;
}

const named = (name: string) => textures.find((texture) => texture.name === name) as TextureClass;
const pixel = (image: Uint8Array, row: number, column: number, size = 32) => image[3 * (row * size + column)];

test("stripes at 0° vary along x only, at 90° along y only", () => {
  const upright = rendered(named("stripes 0°"), plain);
  const level = rendered(named("stripes 90°"), plain);
  for (let row = 0; row < 32; row++) {
    for (let column = 0; column < 32; column++) {
      expect(pixel(upright, row, column)).toBe(pixel(upright, 0, column));
      expect(Math.abs((pixel(level, row, column) ?? 0) - (pixel(level, row, 0) ?? 0))).toBeLessThanOrEqual(1);
    }
  }
  expect(new Set(upright)).toContain(255);
  expect(new Set(upright)).toContain(0);
});

test("every pattern repeats after its period, covers about the share of its definition, and turns with its scene", () => {
  const shares = { checks: 0.5, waves: 0.5, stripes: 0.5, dots: Math.PI * 0.31 ** 2, circles: 0.5 };
  for (const texture of textures) {
    const kind = texture.name.split(" ")[0] as keyof typeof shares;
    const white = rendered(texture, { ...plain, phases: [0.3, 0.4] }, 64).reduce(
      (sum, value) => sum + value,
      0,
    );
    expect(Math.abs(white / (255 * 64 * 64 * 3) - shares[kind]), texture.name).toBeLessThan(0.08);
    const moved = rendered(texture, { ...plain, phases: [1, 1] });
    expect(moved, texture.name).toEqual(rendered(texture, plain));
    const [cos, sin] = directionOf(texture, { ...plain, turn: 1 / 36 });
    expect(Math.atan2(sin, cos) / (2 * Math.PI), texture.name).toBeCloseTo(texture.turns + 1 / 36, 12);
  }
});

test("where foreground and background change places in all regions but one, only that one differs from the inverse", () => {
  const edges = { direction: [1, 0], positions: [0, 0], inverted: [true, true, true] } as const;
  const usual = rendered(named("checks 0°"), plain);
  const swapped = rendered(named("checks 0°"), { ...plain, edges });
  const at = (row: number, column: number) =>
    [usual, swapped].map((image) => pixel(image, row, column)) as [number, number];
  for (let row = 0; row < 32; row++) {
    for (let column = 0; column < 32; column++) {
      // Pixels at an edge blend.
      if (Math.abs(row - 15.5) < 1 || Math.abs(column - 15.5) < 1) continue;
      const [before, after] = at(row, column);
      const kept = column < 16 && row > 15;
      expect(Math.abs(after - (kept ? before : 255 - before))).toBeLessThanOrEqual(1);
    }
  }
});
