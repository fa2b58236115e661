import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { compileRows } from "../compiled/compiled-rows";
import { compiledSteps } from "../compiled/in-use";
import type { StepCompiler } from "../compiled/step-compiler";
import { startBackend } from "../device/start";
import { normalizationOf } from "./normalization";
import type { RenderRecipe } from "./parameters";
import { policyOperations } from "./policy/policy";
import { renderPlain, renderViews } from "./render-views";
import { ResidentImages } from "./resident-images";
import { noiseImages, randomRecipe, untouched, wild } from "./view-cases.test-support";

/** Views that a compiled step renders are those of the portable renderer, but for rounding. */

beforeAll(async () => void (await startBackend("wasm")));

const owned: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of owned.splice(0)) one.dispose();
});

const batch = 6;

type Render = (images: ResidentImages, some: tf.Tensor1D) => tf.Tensor4D;

/** The pixels of views of noise, rendered by a compiled step and portably. */
function bothWays(size: number, channels: 1 | 3, render: Render) {
  const set = noiseImages(9, size, channels);
  const images = ResidentImages.upload(set, normalizationOf(set));
  owned.push(images);
  const samples = Int32Array.of(3, 0, 8, 8, 1, 5);
  const flat = (some: tf.Tensor1D) =>
    tf.tidy(() => tf.reshape<tf.Rank.R2>(render(images, some), [batch, -1]));
  const rows = compileRows(compiledSteps() as StepCompiler, batch, flat);
  if ("reason" in rows) throw new Error(rows.reason);
  const [compiled, portable] = [rows.of(samples), flat(tf.tensor1d(samples, "int32"))];
  const found = { compiled: compiled.dataSync(), portable: portable.dataSync() };
  tf.dispose([compiled, portable]);
  rows.release();
  return found;
}

const clock = () => tf.tensor1d([7, 3], "int32");

/** The share of numbers that differ by more than rounding, which a step that rounds to bytes may enlarge. */
function shareOfOthers({ compiled, portable }: ReturnType<typeof bothWays>): number {
  expect(compiled.length).toBe(portable.length);
  expect(new Set(portable).size).toBeGreaterThan(10);
  const others = compiled.filter((x, i) => !(Math.abs(x - (portable[i] as number)) < 1e-3));
  return others.length / compiled.length;
}

const shapes = [
  { size: 12, side: 12, channels: 3 },
  { size: 9, side: 7, channels: 3 },
  { size: 11, side: 14, channels: 1 },
] as const;

test.each(shapes)(
  "random recipes, from $size to $side pixels with $channels channels",
  ({ size, side, channels }) => {
    for (const number of [0, 1, 2, 3, 4, 5, 7, 9]) {
      const recipes = [randomRecipe(number), { ...wild, rotation: 3 * number }];
      const found = bothWays(size, channels, (images, some) =>
        renderViews(images, recipes, some, clock(), side),
      );
      expect(shareOfOthers(found), `recipe ${number}`).toBe(0);
    }
  },
);

const policies: readonly RenderRecipe[] = [
  ...[5, 12, 25].map(
    (randAugmentMagnitude): RenderRecipe => ({ ...untouched, policy: "randAugment", randAugmentMagnitude }),
  ),
  { ...untouched, policy: "randAugment", randAugmentOperations: policyOperations.length },
  { ...wild, policy: "autoAugment" },
];

test.each(shapes)(
  "policies, from $size to $side pixels with $channels channels",
  ({ size, side, channels }) => {
    for (const recipe of policies) {
      const found = bothWays(size, channels, (images, some) =>
        renderViews(images, [recipe, recipe, recipe], some, clock(), side),
      );
      expect(shareOfOthers(found)).toBeLessThan(0.01);
    }
  },
);

test("unchanged images are the images", () => {
  const { compiled, portable } = bothWays(10, 3, (images, some) => renderPlain(images, some));
  compiled.forEach((x, i) => void expect(x).toBeCloseTo(portable[i] as number, 5));
});
