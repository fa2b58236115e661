import type { Experiment } from "../protocol/experiment";
import { changedSettings } from "../store/experiment/changed-settings";
import { integer, significantDigits } from "../texts/numbers";
import { texts } from "../texts/texts";
import { armSettingLabel, settingInWords } from "./setting-words";

/** The settings that a size changes, one line for each: arms that change alike are told together. */
export function sizeChanges(before: Experiment, now: Experiment): readonly string[] {
  const words = texts().size;
  const changes = new Map<string, { from: string; to: string }[]>();
  for (const { setting, recorded: from, here: to } of changedSettings(before, now)) {
    const [group = "", , ...inArm] = setting.split(".");
    const label =
      group === "arms"
        ? armSettingLabel(inArm.join("."), before.arms)
        : settingInWords(setting, [before]).label;
    changes.set(label, [...(changes.get(label) ?? []), { from, to }]);
  }
  return [...changes].map(([label, values]) => {
    const [first] = values as [{ from: string; to: string }];
    const alike = values.every(({ from, to }) => from === first.from && to === first.to);
    if (alike) return words.changed(label, figure(first.from), figure(first.to));
    return words.several(label, significantDigits(Number(first.to) / Number(first.from), 2));
  });
}

const figure = (text: string): string => {
  const value = Number(text);
  return Number.isInteger(value) ? integer(value) : significantDigits(value, 3);
};
