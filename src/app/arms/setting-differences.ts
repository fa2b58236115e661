import type { Arm } from "../../protocol/experiment";

export interface SettingDifference {
  /** "optimiser.momentum". */
  readonly setting: string;
  /** One per arm; "–" where an arm's scheme has no such setting. */
  readonly values: readonly string[];
}

/** The settings in which arms differ, names aside. */
export function settingDifferences(arms: readonly Arm[]): readonly SettingDifference[] {
  const flat = arms.map((arm) => new Map(entriesOf(arm, "")));
  const settings = [...new Set(flat.flatMap((entries) => [...entries.keys()]))];
  return settings
    .filter((setting) => setting !== "name")
    .map((setting) => ({ setting, values: flat.map((entries) => entries.get(setting) ?? "–") }))
    .filter(({ values }) => new Set(values).size > 1);
}

function entriesOf(value: unknown, path: string): [string, string][] {
  if (Array.isArray(value)) return [[path, value.join(", ")]];
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => entriesOf(inner, path ? `${path}.${key}` : key));
}
