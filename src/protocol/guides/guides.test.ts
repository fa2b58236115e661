import { expect, test } from "vitest";
import { parseExperiment } from "../problems";
import { guides, optionsOf } from "./guides";

test.each(guides)(
  "$id: its experiment is one, its arms have names of their own, and every arm is in a step",
  (guide) => {
    const parsed = parseExperiment(guide.experiment);
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
    const names = guide.experiment.arms?.map((arm) => arm?.name) ?? [];
    expect(new Set(names).size).toBe(names.length);
    const used = guide.steps.flatMap(({ from, to }) => [from, to]);
    expect(new Set(used)).toEqual(new Set(names));
  },
);

test("ids differ, and every step has a question with several predictions", () => {
  expect(new Set(guides.map(({ id }) => id)).size).toBe(guides.length);
  for (const { id, steps } of guides) {
    expect(steps.length, id).toBeGreaterThan(1);
    expect(new Set(steps.map((step) => step.id)).size, id).toBe(steps.length);
    for (const { asks, question } of steps) {
      expect(asks, id).toMatch(/\?$/);
      expect(optionsOf(question).length, id).toBeGreaterThan(1);
    }
  }
});

test("paired seeds are enough for a verdict", () => {
  for (const { id, experiment } of guides) expect(experiment.seeds?.length, id).toBeGreaterThanOrEqual(3);
});
