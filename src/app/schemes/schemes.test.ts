import { expect, test } from "vitest";
import { defaultArm, schemeMethods, targetViewNumbers } from "../../protocol/experiment";
import { teacherTiming } from "../../protocol/methods";
import { metrics } from "../../protocol/metrics";
import { parseExperiment } from "../../protocol/problems";
import { idleKnobs } from "./idle-knobs";
import { lanesOf } from "./lanes";
import { targetPresets, targetViews } from "./target-views";

test("the page names the seven target views as the losses do", () => {
  expect(targetViews.map(({ number }) => number)).toEqual([...targetViewNumbers]);
  for (const { number, name } of targetViews)
    expect(metrics[`viewLoss${number}`].label).toContain(`(${name})`);
});

test("a preset of n target views has n different ones", () => {
  for (const { label, targets } of targetPresets) expect(new Set(targets).size).toBe(Number(label));
});

test("every scheme's student is in its loss, and has someone to learn from", () => {
  for (const method of schemeMethods) {
    const [student, ...others] = lanesOf(defaultArm(method).scheme);
    expect(student?.kind, method).toBe("student");
    expect(others.filter(({ gives }) => gives !== undefined).length, method).toBeGreaterThan(0);
  }
});

test("a teacher is drawn as the scheme has one: frozen where it learnt before, not where it learns alongside", () => {
  for (const method of schemeMethods) {
    const { scheme } = defaultArm(method);
    if ("targets" in scheme || method === "byol") continue;
    const teachers = lanesOf(scheme).filter(({ kind }) => kind === "teacher");
    expect(teachers.length > 0, method).toBe(teacherTiming(scheme) !== "none");
    expect(
      teachers.every(({ frozen }) => frozen === (teacherTiming(scheme) === "before")),
      method,
    ).toBe(true);
  }
});

test("a copy stands below the network that it follows, and a queue beside one that fills it", () => {
  for (const method of schemeMethods) {
    const lanes = lanesOf(defaultArm(method).scheme);
    lanes.forEach((lane, at) => {
      if (lane.fromAbove === "ema") expect(lanes[at - 1]?.kind, method).toBe("student");
      if (lane.fromAbove === "enqueue") expect(["copy", "teacher", "student"]).toContain(lanes[at - 1]?.kind);
      if (lane.fromBelow === "enqueue") expect(lanes[at + 1]?.kind, method).toBe("teacher");
      if (lane.kind === "memory") expect(lane.fromAbove ?? lane.fromBelow, method).toBe("enqueue");
    });
  }
});

test("what has no effect is left out: without distillation nothing asks for a teacher", () => {
  const s2bnn = (settings: object) => {
    const parsed = parseExperiment({ arms: [{ scheme: { method: "s2bnn", ...settings } }] });
    const scheme = parsed.ok ? parsed.experiment.arms[0]?.scheme : undefined;
    if (!scheme) throw new Error("no scheme");
    return { idle: idleKnobs(scheme), timing: teacherTiming(scheme) };
  };
  expect(s2bnn({ strategy: "contrast" })).toEqual({
    idle: ["teacherTiming", "teacherMethod"],
    timing: "none",
  });
  expect(s2bnn({ teacherTiming: "online" })).toEqual({ idle: ["teacherMethod"], timing: "alongside" });
  expect(s2bnn({})).toEqual({ idle: [], timing: "before" });
});

test("every idle setting is one of the scheme's", () => {
  const inputs = [
    { method: "s2bnn", strategy: "contrast" },
    { method: "compress", queues: "one" },
    { method: "funmatch", input: "independent" },
  ];
  for (const scheme of inputs) {
    const parsed = parseExperiment({ arms: [{ scheme }] });
    const complete = parsed.ok ? parsed.experiment.arms[0]?.scheme : undefined;
    if (!complete) throw new Error("no scheme");
    expect(idleKnobs(complete).length).toBeGreaterThan(0);
    for (const name of idleKnobs(complete)) expect(complete).toHaveProperty(name);
  }
});
