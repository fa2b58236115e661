import { describe, expect, test } from "vitest";
import type { ViewRecipe } from "../../protocol/experiment";
import { Purpose, randomFor } from "../math/random";
import {
  chanceThreshold,
  drawView,
  type Jitter,
  jitterOrders,
  type ViewAddress,
  type ViewParameters,
} from "./parameters";
import { randomRecipe, untouched, wild } from "./view-cases.test-support";

const random = randomFor(5, Purpose.views);
const here: ViewAddress = { epoch: 3, sample: 17, view: 0 };
const certain: ViewRecipe = { ...wild, jitterProbability: 1, blurProbability: 1 };

/** Draws a view for each of many samples. */
const drawMany = (recipe: ViewRecipe, count = 4_000) =>
  Array.from({ length: count }, (_, sample) => drawView(recipe, random, { ...here, sample }));
const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
/** Four standard errors of a proportion of one half, the largest standard error among the averages here. */
const near = (x: number, expected: number) => {
  expect(Math.abs(x - expected)).toBeLessThan(0.032);
};
const jitterOf = ({ jitter }: ViewParameters) => jitter as Jitter;

test("the same address gives the same view, regardless of earlier draws", () => {
  const first = drawView(certain, random, here);
  drawView(certain, random, { ...here, sample: 18 });
  expect(drawView(certain, randomFor(5, Purpose.views), here)).toEqual(first);
});

test.each<Partial<ViewAddress>>([{ epoch: 4 }, { sample: 18 }, { view: 1 }])(
  "the address %o gives another view",
  (other) => {
    const [a, b] = [here, { ...here, ...other }].map((address) => drawView(certain, random, address));
    expect(a?.crop.left).not.toBe(b?.crop.left);
    expect(a?.jitter?.hue).not.toBe(b?.jitter?.hue);
    expect(a?.blur?.sigma).not.toBe(b?.blur?.sigma);
  },
);

test("another seed gives another view", () => {
  expect(drawView(certain, randomFor(6, Purpose.views), here)).not.toEqual(drawView(certain, random, here));
});

test("the identity recipe draws the identity view", () => {
  expect(drawView(untouched, random, here)).toEqual({
    crop: { left: 0, top: 0, width: 1, height: 1 },
    turn: 0,
    policy: [],
    jitter: undefined,
    grayscale: false,
    blur: undefined,
    flip: false,
    solarize: false,
  });
});

test.each([0, 1, 2, 3])("draws stay within the limits of recipe %d", (number) => {
  const recipe = { ...randomRecipe(number), jitterProbability: 1, blurProbability: 1 };
  const rounding = 1e-9;
  const within = (x: number, least: number, most: number) => {
    expect(x).toBeGreaterThanOrEqual(least - rounding);
    expect(x).toBeLessThanOrEqual(most + rounding);
  };
  for (const view of drawMany(recipe, 300)) {
    const { left, top, width, height } = view.crop;
    within(width * height, recipe.scale.min, recipe.scale.max);
    within(width / height, 3 / 4, 4 / 3);
    within(left, 0, 1 - width);
    within(top, 0, 1 - height);
    const { brightness, contrast, saturation, hue, order } = jitterOf(view);
    within(brightness, 1 - recipe.brightness, 1 + recipe.brightness);
    within(contrast, 1 - recipe.contrast, 1 + recipe.contrast);
    within(saturation, 1 - recipe.saturation, 1 + recipe.saturation);
    within(hue, -recipe.hue, recipe.hue);
    within(view.blur?.sigma ?? Number.NaN, recipe.blurSigma.min, recipe.blurSigma.max);
    expect(new Set(order).size).toBe(4);
  }
});

describe("over many samples", () => {
  const views = drawMany(certain);

  test("area, place and factors have the means of their distributions", () => {
    const { scale, blurSigma } = certain;
    const areas = views.map(({ crop }) => crop.width * crop.height);
    near(mean(areas), (scale.min + scale.max) / 2);
    near(mean(views.map(({ crop }) => Math.log(crop.width / crop.height))), 0);
    near(mean(views.map(({ crop }) => crop.left + crop.width / 2)), 0.5);
    near(mean(views.map(({ crop }) => crop.top + crop.height / 2)), 0.5);
    for (const name of ["brightness", "contrast", "saturation"] as const) {
      near(mean(views.map((view) => jitterOf(view)[name])), 1);
    }
    near(mean(views.map((view) => jitterOf(view).hue)), 0);
    near(mean(views.map(({ blur }) => blur?.sigma ?? 0)), (blurSigma.min + blurSigma.max) / 2);
  });

  test("small crops use the whole range of aspect ratios evenly", () => {
    const ratios = drawMany({ ...certain, scale: { min: 0.1, max: 0.5 } }).map(
      ({ crop }) => Math.log(crop.width / crop.height) / Math.log(4 / 3),
    );
    for (const bound of [-0.5, 0, 0.5]) {
      const share = ratios.filter((ratio) => ratio < bound).length / ratios.length;
      near(share, (bound + 1) / 2);
    }
  });

  test("all 24 orders of the jitter are equally frequent", () => {
    const counts = new Map<string, number>();
    for (const view of views) {
      const order = jitterOf(view).order.join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const expected = views.length / 24;
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(49.7); // 99.9 % of 23 degrees of freedom
  });

  test("random operations are applied as often as the recipe says", () => {
    const drawn = drawMany(wild);
    const share = (happened: (view: ViewParameters) => boolean) =>
      drawn.filter(happened).length / drawn.length;
    near(
      share(({ jitter }) => jitter !== undefined),
      wild.jitterProbability,
    );
    near(
      share(({ grayscale }) => grayscale),
      wild.grayscaleProbability,
    );
    near(
      share(({ blur }) => blur !== undefined),
      wild.blurProbability,
    );
    near(
      share(({ flip }) => flip),
      wild.flipProbability,
    );
    near(
      share(({ solarize }) => solarize),
      wild.solarizeProbability,
    );
  });
});

test("an integer threshold decides exactly like a comparison of real numbers", () => {
  const largest = 2 ** 24 - 1;
  for (const probability of [0, 2 ** -30, 0.1, 0.5, 0.8, 1 - 2 ** -30, 1]) {
    const threshold = chanceThreshold(probability);
    for (const k of [0, 1, threshold - 1, threshold, largest]) {
      expect(k < threshold).toBe(k * 2 ** -24 < probability);
    }
  }
});

test("the table has all 24 orders", () => {
  expect(new Set(jitterOrders).size).toBe(24);
});
