import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { equationName, notationOf } from "../../src/app/schemes/equation-name";
import { defaultArm, type Scheme, schemeMethods } from "../../src/protocol/experiment";
import type { Knob } from "../../src/protocol/knobs";
import { schemeKnobs } from "../../src/protocol/scheme-knobs";
import { equationsOf, mathOf } from "./equations";

const file = resolve(import.meta.dirname, "../../src/app/schemes/equations.tex");
const equations = equationsOf(readFileSync(file, "utf8"));

/** The default, and each choice, switch and least and greatest number of it by itself. */
function variantsOf(method: (typeof schemeMethods)[number]): readonly Scheme[] {
  const { scheme } = defaultArm(method);
  const knobs = Object.entries<Knob>(schemeKnobs[method]);
  const others = knobs.flatMap(([name, knob]) => {
    const values: readonly unknown[] =
      knob.kind === "choice"
        ? knob.options
        : knob.kind === "toggle"
          ? [true, false]
          : knob.kind === "targetViews"
            ? []
            : [knob.min, knob.max];
    return values.map((value) => ({ ...scheme, [name]: value }) as Scheme);
  });
  return [scheme, ...others];
}

test("every scheme with every choice of its settings has an equation, and none is left over", () => {
  const used = schemeMethods.flatMap((method) => variantsOf(method).map(equationName));
  const both = { ...defaultArm("funmatch").scheme, teachers: 2, input: "independent" } as Scheme;
  for (const name of used) expect(equations, name).toHaveProperty(name);
  expect(Object.keys(equations).sort()).toEqual([...new Set([...used, equationName(both)])].sort());
});

test("every equation is TeX that becomes MathML without styles, which the page's policy forbids", () => {
  for (const [name, lines] of Object.entries(equations)) {
    expect(lines.length, name).toBeGreaterThan(0);
    for (const line of lines) {
      expect(mathOf(line), name).toMatch(/^<math /);
      expect(mathOf(line), name).not.toMatch(/ style=|merror|<script/);
    }
  }
});

test("what an equation's letters mean is said once each", () => {
  for (const scheme of schemeMethods.flatMap(variantsOf)) {
    const letters = notationOf(scheme);
    expect(letters.length, scheme.method).toBeGreaterThan(0);
    expect(new Set(letters).size).toBe(letters.length);
  }
});
