import { expect, test } from "vitest";
import { mathOf, typeset } from "./equations";

test("equations in a module's source become MathML without styles, which the page's policy forbids", () => {
  const made = typeset("const one = [tex`\\frac{1}{N}`, tex`a`];");
  expect(made).toContain(JSON.stringify(mathOf("\\frac{1}{N}")));
  expect(made).not.toContain("tex`");
  expect(mathOf("\\mathcal L_S")).toMatch(/^<math /);
  expect(mathOf("\\mathcal L_S")).not.toContain(" style=");
});

test("an invalid TeX equation stops the build", () => {
  expect(() => typeset("tex`\\frac{1`")).toThrow();
});
