import type { Experiment } from "../../protocol/experiment";

export interface ChangedSetting {
  /** "arms.0.steps". */
  readonly setting: string;
  readonly recorded: string;
  readonly here: string;
}

/** Shown for a setting that does not exist. */
const NOTHING = "–";

/**
 * Every setting in which the two differ. Notes and names are ignored, because they do not affect training. An arm that
 * only one of them has is one setting, "arms.4", whose value is its scheme.
 */
export function changedSettings(recorded: Experiment, here: Experiment): readonly ChangedSetting[] {
  const shared = Math.min(recorded.arms.length, here.arms.length);
  const settingsOf = ({ notes: _, arms, ...settings }: Experiment) => {
    const lone = arms.slice(shared).map(({ scheme }, at) => [`arms.${shared + at}`, scheme.method] as const);
    return new Map([...entriesOf({ ...settings, arms: arms.slice(0, shared) }, ""), ...lone]);
  };
  const [before, now] = [settingsOf(recorded), settingsOf(here)];
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((setting) => {
    const [was, is] = [before.get(setting) ?? NOTHING, now.get(setting) ?? NOTHING];
    return was === is || isName(setting) ? [] : [{ setting, recorded: was, here: is }];
  });
}

const isName = (setting: string) => setting === "dataset.name" || /^arms\.\d+\.name$/.test(setting);

/** All settings by their paths; a list of plain values is one setting. */
export function entriesOf(value: unknown, path: string): [setting: string, text: string][] {
  if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
    return [[path, value.join(", ")]];
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => entriesOf(inner, path ? `${path}.${key}` : key));
}
