import { expect, test } from "vitest";
import { defaultArm } from "../protocol/experiment";
import { settingDifferences } from "./setting-differences";

test("only differing settings are listed, and names are ignored", () => {
  const arm = defaultArm("simdis-off", "one");
  expect(settingDifferences([arm, { ...arm, name: "other" }])).toEqual([]);
  const slower = { ...arm, optimiser: { ...arm.optimiser, momentum: 0.5 } };
  expect(settingDifferences([arm, slower])).toEqual([
    { setting: "optimiser.momentum", values: ["0.9", "0.5"] },
  ]);
});

test("a setting that one scheme lacks differs from any value", () => {
  const differences = settingDifferences([defaultArm("byol"), defaultArm("simdis-on")]);
  expect(differences).toContainEqual({ setting: "scheme.targets", values: ["–", "3, 7"] });
});
