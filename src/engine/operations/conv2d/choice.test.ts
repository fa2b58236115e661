import { expect, test } from "vitest";
import { type Convolution, ConvolutionChoices, families, preferenceFor } from "./choice";
import { convolutionShape } from "./programs";

const convolution = (kernel: number): Convolution => ({
  pass: "forward",
  shape: convolutionShape([2, 30, 30, 4], [kernel, kernel, 4, 8], { stride: 1, padding: 0 }),
});

test("narrow subgroups of CPUs get tiles in registers, wide ones of graphics cards workgroup memory", () => {
  expect(preferenceFor(true, 4)[0]).toBe("quads");
  expect(preferenceFor(true, 32)[0]).toBe("workgroup");
  expect(preferenceFor(true, undefined)[0]).toBe("workgroup");
});

test("without subgroups no available family needs them, and some family is always available", () => {
  expect(preferenceFor(false, 4)).not.toContain("quads");
  for (const subgroups of [true, false]) expect(preferenceFor(subgroups, 16)).toContain("plain");
});

test("a shape that the preferred family cannot compute goes to the next one", () => {
  const choices = new ConvolutionChoices(families);
  expect(choices.familyOf(convolution(3))).toBe("quads");
  // More products than a program may contain.
  expect(choices.familyOf(convolution(25))).toBe("workgroup");
});

test("a table restores its choices, and a device that lacks a family follows its own preference", () => {
  const choices = new ConvolutionChoices(families);
  choices.choose(convolution(3), "registers");
  const copy = new ConvolutionChoices(families);
  copy.restore(choices.table());
  expect(copy.familyOf(convolution(3))).toBe("registers");
  const other = new ConvolutionChoices(["workgroup", "plain"]);
  other.restore(choices.table());
  expect(other.familyOf(convolution(3))).toBe("workgroup");
});

test("a kernel is generated once, and the same shape gives the same text", () => {
  const [one, another] = [new ConvolutionChoices(families), new ConvolutionChoices(families)];
  expect(one.kernelFor(convolution(3))).toBe(one.kernelFor(convolution(3)));
  expect(another.kernelFor(convolution(3))).toEqual(one.kernelFor(convolution(3)));
  expect(one.met).toHaveLength(1);
});
