import type { Arm, Experiment } from "../protocol/experiment";
import { placeOf, type SettingPlace } from "../protocol/settings/settings";
import type { KnobTexts } from "../texts/english/methods";
import { texts } from "../texts/texts";

/** Labels of settings, wherever one is mentioned outside its control. */

/** The texts of a setting's entry; undefined where there is no such setting. */
export function wordsAt(place: SettingPlace): KnobTexts | undefined {
  const { knobs, methods } = texts();
  const words: Readonly<Record<string, KnobTexts>> =
    "method" in place ? methods[place.method].knobs : knobs[place.group];
  return Object.hasOwn(words, place.name) ? words[place.name] : undefined;
}

/** @param setting its path in an experiment: "arms.0.optimiser.momentum" */
function wordsOf(
  setting: string,
  { dataset, arms }: Pick<Experiment, "dataset" | "arms">,
): KnobTexts | undefined {
  const { choices } = texts();
  if (setting === "dataset.source") return choices.source;
  if (/^arms\.\d+\.scheme\.method$/.test(setting)) return choices.method;
  const path = setting.split(".");
  // Schemes that share a setting's name use the same label, otherwise the first one's is used.
  const places =
    path[2] === "scheme"
      ? arms.map((arm) => placeOf(path.with(1, "0"), { dataset, arms: [arm] }))
      : [placeOf(path, { dataset, arms })];
  return places.map((place) => place && wordsAt(place)).find((words) => words !== undefined);
}

const shapes = { source: "shapes" } as Experiment["dataset"];

/** @param setting its path within an arm: "optimiser.momentum" */
const armSettingWords = (setting: string, arms: readonly Arm[]): KnobTexts | undefined =>
  wordsOf(`arms.0.${setting}`, { dataset: shapes, arms: [...arms] });

/** An arm's setting by its control's label; by its path where no control has it. */
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

/** Fractional numbers in the language's notation; everything else unchanged. */
const inLocale = (text: string): string =>
  /^-?\d+\.\d+$/.test(text)
    ? Number(text).toLocaleString(texts().locale, { maximumSignificantDigits: 15 })
    : text;

interface SettingInWords {
  readonly label: string;
  readonly value: (text: string) => string;
}

/**
 * A setting of an experiment, with the arm or view it belongs to. @param setting "arms.0.steps"
 * @param experiments candidates for the arm's name: the first that has the arm is used
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
      label: texts().settings.ofOwner(armSettingLabel(inArm, arms), name),
      value: (text) => armValueText(inArm, text, arms),
    };
  }
  const words = experiments[0] && wordsOf(setting, experiments[0]);
  if (group === "views" && (place === "first" || place === "second")) {
    const label = words?.label ?? rest.join(".");
    return { label: texts().settings.ofOwner(label, texts().views.sides[place]), value: inLocale };
  }
  return { label: words?.label ?? setting, value: inLocale };
}
