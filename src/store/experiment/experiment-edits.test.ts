import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type DatasetSettings,
  defaultDataset,
  defaultExperiment,
  defaultScheme,
  MAX_ARMS,
  type SchemeMethod,
  schemeMethods,
} from "../../protocol/experiment";
import { anyExperiment } from "../../protocol/experiment.testing";
import { valueAt } from "../../protocol/field-path";
import { parseExperiment } from "../../protocol/problems";
import {
  addArm,
  type ColoredExperiment,
  changeMethod,
  changeSource,
  duplicateArm,
  edit,
  moveArm,
  removeArm,
  withFreshSlots,
} from "./experiment-edits";
import { presets } from "./presets";

const method = fc.constantFrom(...schemeMethods);

type Click =
  | { readonly kind: "add"; readonly method: SchemeMethod }
  | { readonly kind: "remove"; readonly index: number }
  | { readonly kind: "duplicate"; readonly index: number }
  | { readonly kind: "method"; readonly index: number; readonly method: SchemeMethod };

/** The result of a click; a rejected one changes nothing. */
function clicked(state: ColoredExperiment, click: Click): Partial<ColoredExperiment> {
  if (click.kind === "remove") return removeArm(state, click.index);
  const edited =
    click.kind === "duplicate"
      ? duplicateArm(state, click.index)
      : click.kind === "add"
        ? addArm(state, click.method)
        : changeMethod(state.experiment, click.index, click.method);
  if (!edited.ok) return {};
  const { ok: _, ...changed } = edited;
  return changed;
}

test("after any sequence of clicks the experiment is valid, and every arm has its own color and name", () => {
  const click = fc.oneof(
    fc.record({ kind: fc.constant("add" as const), method }),
    fc.record({ kind: fc.constant("remove" as const), index: fc.nat(8) }),
    fc.record({ kind: fc.constant("duplicate" as const), index: fc.nat(8) }),
    fc.record({ kind: fc.constant("method" as const), index: fc.nat(8), method }),
  );
  fc.assert(
    fc.property(fc.array(click, { maxLength: 20 }), (clicks) => {
      let state = withFreshSlots(defaultExperiment());
      for (const one of clicks) {
        state = { ...state, ...clicked(state, one) };
        const { arms } = state.experiment;
        expect(parseExperiment(state.experiment).ok).toBe(true);
        expect(new Set(arms.map(({ name }) => name)).size).toBe(arms.length);
        expect(state.armSlots).toHaveLength(arms.length);
        expect(new Set(state.armSlots).size).toBe(arms.length);
        expect(Math.max(...state.armSlots)).toBeLessThan(MAX_ARMS);
      }
    }),
  );
});

test("removing an arm keeps the colors of the others", () => {
  const before = withFreshSlots(defaultExperiment());
  const { experiment, armSlots } = removeArm(before, 1);
  expect(experiment.arms.map(({ name }) => name)).toEqual(["BYOL", "SimDis-On", "SimDis-On-7v"]);
  expect(armSlots).toEqual([0, 2, 3]);
});

test("a moved arm keeps its color, and moving it back restores everything", () => {
  const before = withFreshSlots(defaultExperiment());
  const moved = moveArm(before, 0, 2);
  expect(moved.experiment.arms.map(({ name }) => name)).toEqual([
    "SimDis-Off",
    "SimDis-On",
    "BYOL",
    "SimDis-On-7v",
  ]);
  expect(moved.armSlots).toEqual([1, 2, 0, 3]);
  expect(moveArm(moved, 2, 0)).toEqual(before);
  expect(moveArm(before, 0, -1)).toEqual(before);
  expect(moveArm(before, 9, 0)).toEqual(before);
});

test("an edit changes the named setting and nothing else, or names what is allowed there", () => {
  fc.assert(
    fc.property(anyExperiment, fc.integer({ min: -5, max: 2_000 }), (experiment, batchSize) => {
      const edited = edit(experiment, ["batchSize"], batchSize);
      if (edited.ok) expect(edited.experiment).toEqual({ ...experiment, batchSize });
      else expect(edited.problem).toMatchObject({ field: "batchSize", given: String(batchSize) });
    }),
  );
  const path = ["arms", 0, "optimiser", "momentum"];
  const edited = edit(defaultExperiment(), path, 0.5);
  expect(edited.ok && valueAt(edited.experiment, path)).toBe(0.5);
  expect(edit(defaultExperiment(), path, 2)).toMatchObject({ ok: false, problem: { field: path.join(".") } });
});

test("another method keeps the target views, another source the resolution", () => {
  const usual = defaultExperiment();
  const online = changeMethod(usual, 3, "simdis-off");
  expect(online.ok && online.experiment.arms[3]?.scheme).toMatchObject({
    ...usual.arms[3]?.scheme,
    method: "simdis-off",
  });
  const files = changeSource({ ...usual, dataset: { ...usual.dataset, resolution: 48 } }, "files");
  expect(files.dataset).toMatchObject({ source: "files", resolution: 48 });
});

test("every method can follow every other, whatever their settings have in common", () => {
  const usual = defaultExperiment();
  for (const before of schemeMethods)
    for (const after of schemeMethods) {
      const first = changeMethod(usual, 0, before);
      const second = first.ok ? changeMethod(first.experiment, 0, after) : first;
      expect(second.ok && second.experiment.arms[0]?.scheme.method, `${before}, ${after}`).toBe(after);
    }
});

test("a setting of another meaning is not kept because its name is the same", () => {
  const shake = changeMethod(defaultExperiment(), 0, "shake");
  const dkd = shake.ok ? changeMethod(shake.experiment, 0, "dkd") : shake;
  expect(dkd.ok && dkd.experiment.arms[0]?.scheme).toEqual(defaultScheme("dkd"));
});

test("one arm too many is rejected with the allowed number", () => {
  let state = withFreshSlots(defaultExperiment());
  for (let arms = state.experiment.arms.length; arms < MAX_ARMS; arms++) {
    const edited = duplicateArm(state, 0);
    if (!edited.ok) throw new Error(edited.problem.allowed);
    state = edited;
  }
  expect(addArm(state, "byol")).toMatchObject({ ok: false, problem: { field: "arms" } });
});

test("every preset is a valid experiment with its own id", () => {
  for (const { experiment } of presets) expect(parseExperiment(experiment)).toMatchObject({ ok: true });
  expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
});

test("an arm of another kind of scheme gets suitable rates; one of the same kind keeps them", () => {
  const usual = defaultExperiment();
  const own = {
    ...usual,
    arms: usual.arms.map((arm) => ({ ...arm, optimiser: { ...arm.optimiser, learningRate: 0.7 } })),
  };
  const state = withFreshSlots(own);
  const lastOf = (method: SchemeMethod) => {
    const added = addArm(state, method);
    return added.ok ? added.experiment.arms.at(-1) : undefined;
  };
  expect(lastOf("byol")?.optimiser.learningRate).toBe(0.7);
  expect(lastOf("moco")?.optimiser).toMatchObject({ learningRate: 0.3, teacherLearningRate: 0.3 });
  expect(lastOf("s2bnn")).toMatchObject({ warmup: 0.3, optimiser: { kind: "adam" } });
  const changed = changeMethod(own, 0, "kd");
  expect(changed.ok && changed.experiment.arms[0]?.optimiser.learningRate).toBe(0.2);
});

test("an arm of a method with batch norm groups gets groups of 32 images", () => {
  const usual = defaultExperiment();
  for (const [batchSize, normGroups] of [
    [32, 1],
    [64, 2],
    [256, 8],
  ] as const) {
    const own = { ...usual, batchSize };
    const added = addArm(withFreshSlots(own), "moco");
    expect(added.ok && added.experiment.arms.at(-1)?.scheme).toMatchObject({ normGroups });
    const changed = changeMethod(own, 0, "s2bnn");
    expect(changed.ok && changed.experiment.arms[0]?.scheme).toMatchObject({ normGroups });
  }
});

test("every method can be added and chosen with few images and batches of any size; its queue fits them", () => {
  const usual = defaultExperiment();
  const imagesOf = (train: number) => ({ ...defaultDataset("shapes"), train }) as DatasetSettings;
  for (const batchSize of [24, 32, 64]) {
    const dataset = imagesOf(1_000);
    const small = { ...usual, dataset, batchSize, arms: usual.arms.slice(0, 1) };
    for (const method of schemeMethods) {
      const added = addArm(withFreshSlots(small), method);
      const changed = changeMethod(small, 0, method);
      expect([added.ok, changed.ok], `${method}, ${batchSize}`).toEqual([true, true]);
      const scheme = added.ok ? added.experiment.arms[1]?.scheme : undefined;
      if (scheme && "queue" in scheme) expect(scheme.queue).toBe(500 - (500 % batchSize));
    }
  }
  const ample = addArm(withFreshSlots({ ...usual, dataset: imagesOf(4_000) }), "moco");
  expect(ample.ok && ample.experiment.arms.at(-1)?.scheme).toMatchObject({ queue: 1_024 });
});
