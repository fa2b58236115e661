import type { Column } from "../../charts/tables/sorting";
import type { Experiment } from "../../protocol/experiment";
import { changedSettings } from "../../store/experiment/changed-settings";
import type { Overlay } from "../../store/history/history-state";
import { texts } from "../../texts/texts";
import { settingInWords } from "../setting-words";

/** A setting in which saved trainings differ from the current one. */
export interface TrainingDifference {
  readonly setting: string;
  readonly here: string;
  /** Value per saved training; the current value where it does not differ. */
  readonly saved: readonly string[];
}

export function trainingDifferences(
  here: Experiment,
  overlays: readonly Pick<Overlay, "experiment">[],
): readonly TrainingDifference[] {
  const changed = overlays.map(({ experiment }) => changedSettings(experiment, here));
  const values = new Map(changed.flat().map(({ setting, here: value }) => [setting, value]));
  return [...values].map(([setting, value]) => ({
    setting,
    here: value,
    saved: changed.map((of) => of.find((one) => one.setting === setting)?.recorded ?? value),
  }));
}

export function trainingColumns(
  here: Experiment,
  overlays: readonly Pick<Overlay, "experiment" | "brief">[],
): readonly Column<TrainingDifference>[] {
  const words = texts().trainings;
  const experiments = [here, ...overlays.map(({ experiment }) => experiment)];
  const shownValue = (setting: string, text: string) => settingInWords(setting, experiments).value(text);
  return [
    {
      id: "setting",
      label: words.setting,
      value: ({ setting }) => setting,
      text: ({ setting }) => settingInWords(setting, experiments).label,
    },
    {
      id: "shown",
      label: words.shown,
      value: ({ here: value }) => value,
      text: ({ setting, here: value }) => shownValue(setting, value),
    },
    ...overlays.map(
      ({ brief }, at): Column<TrainingDifference> => ({
        id: `saved_${at + 1}`,
        label: brief,
        value: ({ saved }) => saved[at],
        text: ({ setting, saved }) => shownValue(setting, saved[at] ?? "–"),
      }),
    ),
  ];
}
