import { expect, test } from "vitest";
import { defaultArm, defaultScheme, schemeMethods } from "../experiment";
import { parseExperiment } from "../problems";
import { methodOf, teacherOf } from "../schemes";
import { armKnobs } from "../settings/arm";
import type { Knob } from "../settings/knobs";
import { optimizerKnobs } from "../settings/optimizer";
import type { MethodData } from "./method";
import { methods } from "./methods";

const knobsOf = (method: MethodData): readonly [string, Knob][] => Object.entries(method.knobs);

test("the schema has every method of the register, and each of its knobs at its default", () => {
  for (const method of schemeMethods) {
    const { method: _, ...settings } = defaultArm(method).scheme;
    const knobs = knobsOf(methods[method]).map(([name, knob]) => [name, knob.default]);
    expect(Object.fromEntries(knobs), method).toEqual(settings);
  }
});

test("every knob has a label and a help text, and every option a name", () => {
  for (const method of schemeMethods) {
    for (const [name, knob] of knobsOf(methods[method])) {
      expect(knob.label.length, name).toBeGreaterThan(3);
      expect(knob.help.length, name).toBeGreaterThan(20);
      if (knob.kind === "choice") expect(Object.keys(knob.optionLabels)).toEqual([...knob.options]);
      if (knob.kind === "real" || knob.kind === "whole") {
        expect(knob.min <= knob.default && knob.default <= knob.max, name).toBe(true);
      }
    }
  }
});

test("every method can be trained on batches of four with its smallest settings", () => {
  const arms = schemeMethods.map((method) => ({ scheme: { method, ...methods[method].smallest } }));
  const dataset = { source: "shapes", train: 40, test: 20 };
  for (const arm of arms) {
    expect(parseExperiment({ dataset, batchSize: 4, arms: [arm] }), arm.scheme.method).toMatchObject({
      ok: true,
    });
  }
});

test("if two settings of a scheme conflict, both are reported", () => {
  const parsed = parseExperiment({ arms: [{ scheme: { method: "moco", normGroups: 7 } }] });
  const fields = parsed.ok ? [] : parsed.problems.map(({ field }) => field);
  expect(fields).toEqual(["arms.0.scheme.normGroups", "batchSize"]);
});

test("Inplace-KD/EMA self-distill note: BYOL and DINO say that their teacher is the student's own momentum copy", () => {
  expect(methods.byol.summary).toContain("its own momentum copy");
  expect(methods.dino.summary).toContain("its momentum copy");
  expect(methods.dino.caveats.join(" ")).toContain("self-distillation, not a larger network");
  for (const method of ["byol", "dino"] as const) {
    expect(teacherOf(defaultScheme(method)).when, method).toBe("none");
  }
});

test("a setting can remove the teacher, and settings without effect are named", () => {
  const s2bnn = (settings: object) => {
    const parsed = parseExperiment({ arms: [{ scheme: { method: "s2bnn", ...settings } }] });
    const scheme = parsed.ok ? parsed.experiment.arms[0]?.scheme : undefined;
    if (!scheme) throw new Error("no scheme");
    return { idle: methodOf(scheme).idle(scheme), when: teacherOf(scheme).when };
  };
  expect(s2bnn({ strategy: "contrast" })).toEqual({ idle: ["teacherTiming", "teacherMethod"], when: "none" });
  expect(s2bnn({ teacherTiming: "online" })).toEqual({ idle: ["teacherMethod"], when: "alongside" });
  expect(s2bnn({})).toEqual({ idle: [], when: "before" });
});

test("settings named as without effect belong to the scheme", () => {
  const inputs = [
    { method: "s2bnn", strategy: "contrast" },
    { method: "compress", queues: "one" },
    { method: "funmatch", input: "independent" },
    { method: "ssld", pool: "whole" },
    { method: "kd", standardized: true },
  ];
  for (const input of inputs) {
    const parsed = parseExperiment({
      dataset: { source: "shapes", unlabelled: 0.5 },
      arms: [{ scheme: input }],
    });
    const scheme = parsed.ok ? parsed.experiment.arms[0]?.scheme : undefined;
    if (!scheme) throw new Error("no scheme");
    const idle = methodOf(scheme).idle(scheme);
    expect(idle.length).toBeGreaterThan(0);
    for (const name of idle) expect(scheme).toHaveProperty(name);
  }
});

/** How a method differs from its published code, by what its card says: caveats, and what its settings mean. */
test.each([
  [
    "dino",
    /Each view is normalized by its own batch statistics; the published code normalizes both whole crops together/,
  ],
  ["dino", /passes all crops through the head at once/],
  ["dino", /head starts uniformly here, from a truncated normal/],
  ["dino", /weight decay is constant here/],
  ["dino", /one epoch of frozen prototypes is a large share/],
  ["seed", /averaged here; the published code adds them/],
  [
    "seed",
    /5 to 40 % of an image, and all of a step enter .*; in the published code 5 to 14 %, and one per image/,
  ],
  ["s2bnn", /second half begins at a lower rate; the published second step is a new run at the full rate/],
  ["s2bnn", /this many parts, of 32 images in the published code/],
  ["moco", /this many parts, of 32 images in the published code/],
  ["ssld", /Fine-tuning has a constant rate here, a cosine .* in the documentation/],
  ["ssld", /Weight decay starts at 0\.0005; the documentation uses 0\.00001 to 0\.00007/],
] as const)("the card of %s says how it differs from its published code: %s", (method, difference) => {
  const helps = knobsOf(methods[method]).map(([, { help }]) => help);
  expect([...methods[method].caveats, ...helps].join("\n")).toMatch(difference);
});

test("settings of all methods say how they differ from published code", () => {
  expect(armKnobs.teacherSteps.help).toContain("same images in the same order and views");
  expect(optimizerKnobs.layerRates.help).toContain("five groups of three blocks; groups here begin where");
  // What SSLD's card calls the beginning of its weight decay.
  expect(optimizerKnobs.weightDecay.default).toBe(0.0005);
});
