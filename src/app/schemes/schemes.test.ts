import { expect, test } from "vitest";
import {
  defaultArm,
  type Scheme,
  type SchemeMethod,
  schemeMethods,
  targetViewNumbers,
} from "../../protocol/experiment";
import { methods } from "../../protocol/methods/methods";
import { metrics } from "../../protocol/metrics/metrics";
import { targetViewsOf, teacherOf } from "../../protocol/schemes";
import type { Knob } from "../../protocol/settings/knobs";
import type { Lane } from "./lanes";
import { cardOf } from "./methods/cards";
import { targetPresets, targetViews } from "./target-views";

test("the page and the losses use the same names for the seven target views", () => {
  expect(targetViews.map(({ number }) => number)).toEqual([...targetViewNumbers]);
  for (const { number, name } of targetViews)
    expect(metrics[`viewLoss${number}`].label).toContain(`(${name})`);
});

test("a preset of n target views has n different ones", () => {
  for (const { label, targets } of targetPresets) expect(new Set(targets).size).toBe(Number(label));
});

/** The lanes of a method at its defaults; none where target views are drawn. */
function lanesOf(method: SchemeMethod): readonly Lane[] {
  const { scheme } = defaultArm(method);
  const diagram = cardOf(scheme).diagram(scheme);
  return diagram.kind === "lanes" ? diagram.lanes : [];
}

const withLanes = schemeMethods.filter((method) => lanesOf(method).length > 0);

test("a scheme with target views is drawn by them, any other by lanes", () => {
  for (const method of schemeMethods) {
    const { scheme } = defaultArm(method);
    expect(withLanes.includes(method), method).toBe(targetViewsOf(scheme).length === 0);
    const diagram = cardOf(scheme).diagram(scheme);
    if (diagram.kind === "targets") expect(diagram.selected, method).toEqual(targetViewsOf(scheme));
  }
});

test("every scheme's student is in its loss, and has a source to learn from", () => {
  for (const method of withLanes) {
    const [student, ...others] = lanesOf(method);
    expect(student?.kind, method).toBe("student");
    expect(others.filter(({ gives }) => gives !== undefined).length, method).toBeGreaterThan(0);
  }
});

test("a pretrained teacher is drawn frozen, one that learns alongside is not", () => {
  for (const method of withLanes) {
    const { when } = teacherOf(defaultArm(method).scheme);
    const teachers = lanesOf(method).filter(({ kind }) => kind === "teacher");
    expect(teachers.length > 0, method).toBe(when !== "none");
    expect(
      teachers.every(({ frozen }) => frozen === (when === "before")),
      method,
    ).toBe(true);
  }
});

test("a copy is below the network that it follows, and a queue next to one that fills it", () => {
  for (const method of withLanes) {
    const lanes = lanesOf(method);
    lanes.forEach((lane, at) => {
      if (lane.fromAbove === "ema") expect(lanes[at - 1]?.kind, method).toBe("student");
      if (lane.fromAbove === "enqueue") expect(["copy", "teacher", "student"]).toContain(lanes[at - 1]?.kind);
      if (lane.fromBelow === "enqueue") expect(lanes[at + 1]?.kind, method).toBe("teacher");
      if (lane.kind === "memory") expect(lane.fromAbove ?? lane.fromBelow, method).toBe("enqueue");
    });
  }
});

function valuesOf(knob: Knob): readonly unknown[] {
  if (knob.kind === "choice") return knob.options;
  if (knob.kind === "toggle") return [true, false];
  return knob.kind === "real" || knob.kind === "whole" ? [knob.min, knob.max] : [];
}

/** The default scheme, and variants with one choice, toggle, minimum or maximum changed. */
function variantsOf(method: SchemeMethod): readonly Scheme[] {
  const { scheme } = defaultArm(method);
  const others = Object.entries<Knob>(methods[method].knobs).flatMap(([name, knob]) => {
    const values: readonly unknown[] = valuesOf(knob);
    return values.map((value) => ({ ...scheme, [name]: value }) as Scheme);
  });
  return [scheme, ...others];
}

test("every scheme with every choice of its settings has an equation in MathML that the page's policy allows", () => {
  for (const scheme of schemeMethods.flatMap(variantsOf)) {
    const lines = cardOf(scheme).equation(scheme);
    expect(lines.length, scheme.method).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line, scheme.method).toMatch(/^<math /);
      expect(line, scheme.method).not.toMatch(/ style=|merror|<script/);
    }
  }
});

test("the meaning of each symbol in an equation is given once", () => {
  for (const scheme of schemeMethods.flatMap(variantsOf)) {
    const letters = cardOf(scheme).notation(scheme);
    expect(letters.length, scheme.method).toBeGreaterThan(0);
    expect(new Set(letters).size).toBe(letters.length);
  }
});
