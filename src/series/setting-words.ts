import type { Arm, Experiment } from "../protocol/experiment";
import type { KnobWords } from "../texts/english/methods";
import { texts } from "../texts/texts";

/** A setting that is no knob, by the name of its words. */
export type FieldName = keyof ReturnType<typeof texts>["fields"];

/** Settings as the page's controls call them, for whoever reads of a setting apart from its control. */

/** Where a control has another name than the setting that it changes. */
const controls: Readonly<Record<string, FieldName>> = {
  name: "armName",
  "scheme.method": "method",
  "student.network": "studentNetwork",
  "student.width": "studentWidth",
  "teacher.network": "teacherNetwork",
  "teacher.width": "teacherWidth",
  "dataset.seed": "datasetSeed",
  "dataset.validation": "validationShare",
};

function fieldWords(setting: string): KnobWords | undefined {
  const fields: Readonly<Record<string, KnobWords>> = texts().fields;
  const last = setting.slice(setting.lastIndexOf(".") + 1);
  return fields[controls[setting] ?? last];
}

/** @param setting its path within an arm: "optimiser.momentum" */
function armSettingWords(setting: string, arms: readonly Arm[]): KnobWords | undefined {
  const [group = "", name = ""] = setting.split(".");
  const { armKnobs, startKnobs, knobs } = texts();
  const of = (words: Readonly<Record<string, KnobWords>>, key: string) => words[key];
  if (group === "scheme" && name !== "method") {
    // Schemes that share a setting's name call it the same, or the first says what it is.
    return arms.map(({ scheme }) => of(knobs[scheme.method], name)).find((words) => words !== undefined);
  }
  if (group === "start") return of(startKnobs, name);
  return of(armKnobs, group === "optimiser" ? name : group) ?? fieldWords(setting);
}

/** A setting of an arm by its control's label; its path where no control has it. */
export const armSettingLabel = (setting: string, arms: readonly Arm[]): string =>
  armSettingWords(setting, arms)?.label ?? setting;

/** A value as its control shows it. @param text as `entriesOf` writes it */
export function armValueText(setting: string, text: string, arms: readonly Arm[]): string {
  const { methods, settings } = texts();
  if (setting === "scheme.method")
    return Object.entries(methods).find(([id]) => id === text)?.[1].name ?? text;
  if (text === "true" || text === "false") return settings.switched[text];
  const option = armSettingWords(setting, arms)?.optionLabels?.[text];
  return option ?? inLocale(text);
}

/** Numbers with a fraction as the language writes them; all else as it is. */
const inLocale = (text: string): string =>
  /^-?\d+\.\d+$/.test(text)
    ? Number(text).toLocaleString(texts().locale, { maximumSignificantDigits: 15 })
    : text;

interface SettingInWords {
  readonly label: string;
  readonly value: (text: string) => string;
}

/**
 * A setting of an experiment, with the arm or the view that it belongs to. @param setting "arms.0.steps"
 * @param experiments those that may have the arm: of the first that has it is the name
 */
export function settingInWords(setting: string, experiments: readonly Experiment[]): SettingInWords {
  const [group = "", place = "", ...rest] = setting.split(".");
  if (group === "arms" && place !== "") {
    const inArm = rest.join(".");
    const arms = experiments.flatMap((experiment) => experiment.arms[Number(place)] ?? []);
    const name = arms[0]?.name ?? String(Number(place) + 1);
    if (inArm === "") {
      const value = (text: string) => armValueText("scheme.method", text, arms);
      return { label: texts().settings.ofArm(name), value };
    }
    return {
      label: texts().settings.ofWhom(armSettingLabel(inArm, arms), name),
      value: (text) => armValueText(inArm, text, arms),
    };
  }
  if (group === "views" && (place === "first" || place === "second")) {
    const label = fieldWords(rest.join("."))?.label ?? rest.join(".");
    return { label: texts().settings.ofWhom(label, texts().views.sides[place]), value: inLocale };
  }
  const words = fieldWords(
    group === "dataset" && experiments[0]?.dataset.source === "files" && place === "test"
      ? "testShare"
      : setting,
  );
  return { label: words?.label ?? setting, value: inLocale };
}
