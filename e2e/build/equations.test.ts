import { expect, test } from "vitest";
import { mathOf, typeset } from "./equations";

test("equations in a module's source become MathML without styles, which the page's policy forbids", () => {
  const made = typeset("const one = [tex`\\frac{1}{N}`, tex`a`];");
  expect(made).toContain(JSON.stringify(mathOf("\\frac{1}{N}")));
  expect(made).not.toContain("tex`");
  expect(mathOf("\\mathcal L_S")).toMatch(/^<math /);
  expect(mathOf("\\mathcal L_S")).not.toContain(" style=");
});

test("a prime stands beside its letter instead of being raised twice", () => {
  const math = mathOf("\\ell(v,v')^{2}");
  expect(math).toContain('<mi>v</mi><mo class="prime"');
  expect(math.match(/<msup>/g)).toHaveLength(1);
});

test("an invalid TeX equation stops the build", () => {
  expect(() => typeset("tex`\\frac{1`")).toThrow();
});
