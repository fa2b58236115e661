import { methods, type SchemeMethod } from "../methods/methods";
import { armKnobs, studentKnobs, teacherKnobs } from "./arm";
import { filesKnobs, shapesKnobs, texturesKnobs } from "./data";
import type { Knob, KnobSet } from "./knobs";
import { optimizerKnobs } from "./optimizer";
import { startKnobs } from "./start";
import { evaluationKnobs, sharedKnobs } from "./training";
import { viewKnobs } from "./views";

/** All settings of an experiment except those of its schemes, by group. */
export const settingGroups = {
  shapes: shapesKnobs,
  textures: texturesKnobs,
  files: filesKnobs,
  shared: sharedKnobs,
  evaluation: evaluationKnobs,
  view: viewKnobs(0),
  arm: armKnobs,
  student: studentKnobs,
  teacher: teacherKnobs,
  start: startKnobs,
  optimizer: optimizerKnobs,
} as const satisfies Readonly<Record<string, KnobSet>>;

export type SettingGroups = typeof settingGroups;
export type SettingGroup = keyof SettingGroups;

/** The place of a setting's entry: in a group, or among a method's own knobs. */
export type SettingPlace = { readonly name: string } & (
  | { readonly group: SettingGroup }
  | { readonly method: SchemeMethod }
);

/** The parts of an experiment that determine the meaning of a path. */
interface Surroundings {
  readonly dataset: { readonly source: "shapes" | "textures" | "files" };
  readonly arms: readonly { readonly scheme: { readonly method: SchemeMethod } }[];
}

type Path = readonly (string | number)[];

const armGroups: Readonly<Record<string, SettingGroup>> = {
  student: "student",
  teacher: "teacher",
  start: "start",
  optimiser: "optimizer",
};

/** The place of a setting, by its path in an experiment: ["arms", 0, "optimiser", "momentum"]. */
export function placeOf(path: Path, { dataset, arms }: Surroundings): SettingPlace | undefined {
  const [section, second, third, fourth] = path;
  if (section === "dataset") return { group: dataset.source, name: String(second) };
  if (section === "evaluation") return { group: "evaluation", name: String(second) };
  if (section === "views") return { group: "view", name: String(third) };
  if (section !== "arms") return { group: "shared", name: String(section) };
  if (third === "views") return { group: "view", name: String(path[4]) };
  if (fourth === undefined) return { group: "arm", name: String(third) };
  if (third === "scheme") {
    const method = arms[Number(second)]?.scheme.method;
    return method && { method, name: String(fourth) };
  }
  const group = armGroups[String(third)];
  return group && { group, name: String(fourth) };
}

/** The entry of a setting; undefined for other fields, such as a hash. */
export function knobAt(place: SettingPlace): Knob | undefined {
  const knobs: KnobSet = "method" in place ? methods[place.method].knobs : settingGroups[place.group];
  return Object.hasOwn(knobs, place.name) ? knobs[place.name] : undefined;
}
