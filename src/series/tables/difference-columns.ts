import type { Column } from "../../charts/tables/sorting";
import type { Arm } from "../../protocol/experiment";
import { texts } from "../../texts/texts";
import type { SettingDifference } from "../setting-differences";
import { armSettingLabel, armValueText } from "../setting-words";

/** A row per setting, a column per arm. People see a setting's label, programs its path. */
export function differenceColumns(arms: readonly Arm[]): readonly Column<SettingDifference>[] {
  const names = arms.map(({ name }) => name);
  const ofArm = (name: string, arm: number): Column<SettingDifference> => {
    const value = ({ values }: SettingDifference) => values[arm] ?? "–";
    // Records have one field per name, so names must be unique.
    const id = names.indexOf(name) === arm ? name : `${name} (${arm + 1})`;
    const text = (row: SettingDifference) => armValueText(row.setting, value(row), arms);
    return { id, label: name, value, text };
  };
  return [
    {
      id: "setting",
      label: texts().arms.setting,
      value: ({ setting }) => setting,
      text: ({ setting }) => armSettingLabel(setting, arms),
    },
    ...names.map(ofArm),
  ];
}
