import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenVector } from "../math/golden-vectors.test-support";
import {
  convolutionCost,
  costOf,
  costOfHead,
  headWidth,
  planResNet,
  type ResNetName,
  resNets,
} from "./architecture";

/** Table of docs/methods.md §2 at 32 px: name, α, MMAC, million parameters, features. */
const published: readonly (readonly [ResNetName, number, number, number, number])[] = [
  ["R18", 0.125, 8.9, 0.18, 64],
  ["R18", 0.25, 35, 0.7, 128],
  ["R18", 0.5, 139, 2.8, 256],
  ["R18", 1, 555, 11.2, 512],
  ["R50", 0.125, 20.5, 0.37, 256],
  ["R50", 0.25, 81.4, 1.5, 512],
  ["R50", 0.5, 325, 5.9, 1024],
  ["R50", 1, 1298, 23.5, 2048],
  ["R26b", 0.25, 45.8, 0.88, 512],
  ["R8", 0.25, 12.5, 0.08, 64],
];

/** The table's figures are rounded: 12.5 stands for 12.45 to 12.55. */
function halfUnitOfLastDigit(figure: number): number {
  const [, decimals = ""] = String(figure).split(".");
  return 0.5 * 10 ** -decimals.length;
}

test.each(published)(
  "the cost of %s at width %d matches the table",
  (name, width, mmac, millions, features) => {
    const plan = planResNet(name, width);
    const { macs, parameters } = costOf(plan, 32);
    expect(plan.features).toBe(features);
    expect(Math.abs(macs / 1e6 - mmac)).toBeLessThanOrEqual(halfUnitOfLastDigit(mmac));
    expect(Math.abs(parameters / 1e6 - millions)).toBeLessThanOrEqual(halfUnitOfLastDigit(millions));
  },
);

describe("golden vectors", () => {
  test("the heads of the browser default match flops.browser_default", () => {
    const { params, inputs } = goldenVector("flops.browser_default");
    const given = { ...params, ...inputs };
    const projector = (from: number) => costOfHead({ from, hidden: headWidth(128), to: 128 }).macs / 1e6;
    expect(projector(planResNet("R50", 0.25).features)).toBeCloseTo(given.P_T, 9);
    expect(projector(planResNet("R18", 0.25).features)).toBeCloseTo(given.P_S, 9);
    expect(costOfHead({ from: 128, hidden: headWidth(128), to: 128 }).macs / 1e6).toBeCloseTo(given.Q, 9);
  });
});

describe("golden vectors", () => {
  test("conv.macs", () => {
    const { inputs, expected } = goldenVector("conv.macs");
    const { cin: from, cout: to, k: kernel, stride, h: size, groups } = inputs;
    const { macs, weights } = convolutionCost({ kernel, stride, from, to }, size, groups);
    expect({ macs, params: weights }).toEqual(expected);
  });
});

test("each convolution takes the previous one's channels, and a block's shortcut spans its path", () => {
  const names = Object.keys(resNets) as ResNetName[];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.constantFrom(0.125, 0.25, 0.5, 1), (name, width) => {
      const { stem, blocks, features } = planResNet(name, width);
      let channels = stem.to;
      for (const { path, shortcut } of blocks) {
        const [first] = path;
        expect(first?.from).toBe(channels);
        for (const [i, convolution] of path.slice(1).entries()) expect(convolution.from).toBe(path[i]?.to);
        const to = path.at(-1)?.to as number;
        if (shortcut) expect([shortcut.from, shortcut.to]).toEqual([channels, to]);
        else expect(to).toBe(channels);
        channels = to;
      }
      expect(features).toBe(channels);
    }),
  );
});

test("twice the side costs four times the MACs and no more parameters", () => {
  const plan = planResNet("R8", 0.125);
  expect(costOf(plan, 64).macs).toBe(4 * costOf(plan, 32).macs);
  expect(costOf(plan, 64).parameters).toBe(costOf(plan, 32).parameters);
});

test("a width that leaves half a channel is refused, naming the network", () => {
  expect(() => planResNet("R18", 0.001)).toThrow(/Width 0.001 gives R18/);
});
