import { expect, test } from "vitest";
import { defaultArm, defaultScheme, schemeMethods } from "./experiment";
import { methods, teacherTiming } from "./methods";
import { schemeKnobs } from "./scheme-knobs";

test("the catalogue has every scheme, and a knob for each of its settings, at the schema's default", () => {
  expect(Object.keys(methods).sort()).toEqual([...schemeMethods].sort());
  for (const method of schemeMethods) {
    const { method: _, ...settings } = defaultArm(method).scheme;
    const knobs = Object.entries(schemeKnobs[method]).map(([name, knob]) => [name, knob.default]);
    expect(Object.fromEntries(knobs), method).toEqual(settings);
  }
});

test("every knob says in words what it is, and every option has a name", () => {
  for (const method of schemeMethods) {
    for (const [name, knob] of Object.entries(schemeKnobs[method])) {
      expect(knob.label.length, name).toBeGreaterThan(3);
      expect(knob.help.length, name).toBeGreaterThan(20);
      if (knob.kind === "choice") expect(Object.keys(knob.optionLabels)).toEqual([...knob.options]);
      if (knob.kind === "real" || knob.kind === "whole") {
        expect(knob.min <= knob.default && knob.default <= knob.max, name).toBe(true);
      }
    }
  }
});

test("Inplace-KD/EMA self-distill note: BYOL and DINO say that the teacher is the student's own copy", () => {
  expect(methods.byol.summary).toContain("its own slow copy");
  expect(methods.dino.summary).toContain("its own average");
  expect(methods.dino.caveats.join(" ")).toContain("self-distillation, not a larger network");
  for (const method of ["byol", "dino"] as const) {
    expect(teacherTiming(defaultScheme(method)), method).toBe("none");
  }
});
