import { expect, test } from "vitest";
import { type Convolution, ConvolutionChoices, families, preferenceFor } from "./choice";
import { convolutionShape } from "./programs";

const convolution = (kernel: number): Convolution => ({
  pass: "forward",
  shape: convolutionShape([2, 30, 30, 4], [kernel, kernel, 4, 8], { stride: 1, padding: 0 }),
});

test("a processor's narrow vectors get tiles in registers, a card's wide ones workgroup memory", () => {
  expect(preferenceFor(true, 4)[0]).toBe("quads");
  expect(preferenceFor(true, 32)[0]).toBe("workgroup");
  expect(preferenceFor(true, undefined)[0]).toBe("workgroup");
});

test("without subgroups no family needs them, and something is always left", () => {
  expect(preferenceFor(false, 4)).not.toContain("quads");
  for (const subgroups of [true, false]) expect(preferenceFor(subgroups, 16)).toContain("plain");
});

test("a shape that the preferred family cannot compute falls to the next", () => {
  const choices = new ConvolutionChoices(families);
  expect(choices.familyOf(convolution(3))).toBe("quads");
  // More products than a program may spell out.
  expect(choices.familyOf(convolution(25))).toBe("workgroup");
});

test("a table restores what was chosen, and a device that lacks it goes by its own preference", () => {
  const choices = new ConvolutionChoices(families);
  choices.choose(convolution(3), "registers");
  const copy = new ConvolutionChoices(families);
  copy.restore(choices.table());
  expect(copy.familyOf(convolution(3))).toBe("registers");
  const other = new ConvolutionChoices(["workgroup", "plain"]);
  other.restore(choices.table());
  expect(other.familyOf(convolution(3))).toBe("workgroup");
});

test("the same kernel is written once, and the same text comes of the same shape", () => {
  const [one, another] = [new ConvolutionChoices(families), new ConvolutionChoices(families)];
  expect(one.kernelFor(convolution(3))).toBe(one.kernelFor(convolution(3)));
  expect(another.kernelFor(convolution(3))).toEqual(one.kernelFor(convolution(3)));
  expect(one.met).toHaveLength(1);
});
