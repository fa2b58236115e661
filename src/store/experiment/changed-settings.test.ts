import { expect, test } from "vitest";
import { defaultExperiment } from "../../protocol/experiment";
import { changedSettings } from "./changed-settings";

test("changed settings are named with both values", () => {
  const before = defaultExperiment();
  expect(changedSettings(before, before)).toEqual([]);
  expect(changedSettings(before, { ...before, notes: "Look!" })).toEqual([]);
  expect(changedSettings(before, { ...before, seeds: [1, 2] })).toEqual([
    { setting: "seeds", recorded: "1", here: "1, 2" },
  ]);
});

test("names do not count as changes; an additional arm is one change", () => {
  const before = defaultExperiment();
  const [first, ...others] = before.arms;
  if (!first) throw new Error("The default has arms.");
  expect(changedSettings(before, { ...before, arms: [{ ...first, name: "Another" }, ...others] })).toEqual(
    [],
  );
  expect(changedSettings(before, { ...before, arms: [...before.arms, first] })).toEqual([
    { setting: "arms.4", recorded: "–", here: "byol" },
  ]);
  expect(
    changedSettings(before, { ...before, arms: others.slice(0, 2) }).map(({ setting }) => setting),
  ).toContain("arms.3");
});
