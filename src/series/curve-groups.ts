import type { Arm, Experiment } from "../protocol/experiment";
import { type Arrangement, arrangedSlots } from "../store/arrangement";
import { entriesOf } from "../store/experiment/changed-settings";
import type { RunState } from "../store/run-state";
import { texts } from "../texts/texts";
import { armColor, armDash, armId } from "./arm-colors";
import { armNames } from "./arm-names";
import { settingDifferences } from "./setting-differences";
import { armSettingLabel, armValueText } from "./setting-words";

/** One curve on a chart: an arm, or all arms with the same value of a setting. */
export interface CurveGroup {
  readonly id: string;
  readonly label: string;
  readonly color: string;
  readonly dash?: string;
  readonly slots: readonly number[];
  readonly hidden: boolean;
  readonly front: boolean;
}

const settingsOf = new WeakMap<Experiment, readonly string[]>();

/** The settings by which the training's arms differ, and can be grouped. */
export function groupSettings({ experiment }: RunState): readonly string[] {
  if (!experiment) return [];
  const known = settingsOf.get(experiment);
  const settings = known ?? settingDifferences(experiment.arms).map(({ setting }) => setting);
  settingsOf.set(experiment, settings);
  return settings;
}

/** In the visitor's order; a group has the color of its first arm. */
export function curveGroups(run: RunState, arrangement: Arrangement): readonly CurveGroup[] {
  const names = armNames(run);
  const { groupBy, hiddenSlots, pinnedSlots } = arrangement;
  const isGrouped = groupBy !== undefined && groupSettings(run).includes(groupBy);
  const groups = new Map<string, number[]>();
  for (const slot of arrangedSlots(run.armSlots, arrangement)) {
    const arm = run.experiment?.arms[run.armSlots.indexOf(slot)];
    const key = isGrouped ? groupId(groupBy, settingOf(arm, groupBy)) : armId(slot);
    groups.set(key, [...(groups.get(key) ?? []), slot]);
  }
  return [...groups].map(([id, slots]) => {
    const [first = 0] = slots;
    const dash = armDash(first);
    const label = isGrouped ? groupLabel(run, groupBy, first) : names[run.armSlots.indexOf(first)];
    return {
      id,
      label: label ?? texts().run.arm,
      color: armColor(first),
      ...(dash !== undefined && { dash }),
      slots,
      hidden: slots.every((slot) => hiddenSlots.includes(slot)),
      front: slots.some((slot) => pinnedSlots.includes(slot)),
    };
  });
}

const groupId = (setting: string, value: string) => `group ${setting} = ${value}`;

/** "Scheme = SimDis-On". */
function groupLabel(run: RunState, setting: string, slot: number): string {
  const arms = run.experiment?.arms ?? [];
  const value = settingOf(arms[run.armSlots.indexOf(slot)], setting);
  return `${armSettingLabel(setting, arms)} = ${armValueText(setting, value, arms)}`;
}

/** "–" where the arm's scheme has no such setting. */
function settingOf(arm: Arm | undefined, setting: string): string {
  return new Map(entriesOf(arm, "")).get(setting) ?? "–";
}
