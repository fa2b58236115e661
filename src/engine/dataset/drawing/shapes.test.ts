import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawnDifficulties } from "../../../protocol/dataset";
import { Purpose, randomFor } from "../../math/random";
import { drawScene, nuisances } from "./shapes-scene";

describe.each(drawnDifficulties)("scenes, %s", (difficulty) => {
  const limits = nuisances[difficulty];
  const random = randomFor(9, Purpose.shapes);

  test("stay within their ranges, with colors that differ in luma", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(2), (index, part) => {
        const scene = drawScene(random, { index, part }, limits);
        for (const value of scene.center) expect(Math.abs(value)).toBeLessThanOrEqual(limits.position);
        expect(scene.scale).toBeGreaterThanOrEqual(limits.smallestScale);
        expect(scene.scale).toBeLessThanOrEqual(0.8);
        expect(scene.clutter.length).toBeLessThanOrEqual(limits.clutter);
        const luma = ([r, g, b]: readonly [number, number, number]) => 0.299 * r + 0.587 * g + 0.114 * b;
        expect(Math.abs(luma(scene.foreground) - luma(scene.background))).toBeGreaterThanOrEqual(0.25);
        const angle = Math.atan2(scene.rotation[1], scene.rotation[0]);
        expect(Math.abs(angle)).toBeLessThanOrEqual((25 / 180) * Math.PI);
      }),
      { numRuns: 50 },
    );
  });

  test("are independent of the class: no nuisance correlates with it", () => {
    // The class is the index modulo ten; the mean scale of 400 images has a standard error below .006.
    for (let label = 0; label < 10; label++) {
      let sum = 0;
      for (let i = 0; i < 400; i++)
        sum += drawScene(random, { index: 10 * i + label, part: 0 }, limits).scale;
      expect(Math.abs(sum / 400 - (limits.smallestScale + 0.8) / 2)).toBeLessThan(0.025);
    }
  });
});
