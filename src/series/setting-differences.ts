import type { Arm } from "../protocol/experiment";
import { entriesOf } from "../store/experiment/changed-settings";

export interface SettingDifference {
  /** "optimiser.momentum". */
  readonly setting: string;
  /** One per arm; "–" where an arm's scheme has no such setting. */
  readonly values: readonly string[];
}

/** The settings that differ between arms, except names. */
export function settingDifferences(arms: readonly Arm[]): readonly SettingDifference[] {
  const flat = arms.map((arm) => new Map(entriesOf(arm, "")));
  const settings = [...new Set(flat.flatMap((entries) => [...entries.keys()]))];
  return settings
    .filter((setting) => setting !== "name")
    .map((setting) => ({ setting, values: flat.map((entries) => entries.get(setting) ?? "–") }))
    .filter(({ values }) => new Set(values).size > 1);
}
