import type { MethodData } from "../../protocol/methods/method";
import { methods as data, type Methods } from "../../protocol/methods/methods";
import type { SchemeMethod } from "../../protocol/schemes";
import { type SettingGroup, type SettingGroups, settingGroups } from "../../protocol/settings/settings";
import type { FieldWords } from "./words";

/**
 * Texts of the protocol's methods and settings. The English ones are stored with the data they describe; other languages
 * must provide the same texts, knob by knob.
 */

/** Texts of a setting. */
export interface KnobTexts extends FieldWords {
  readonly optionLabels?: Readonly<Record<string, string>>;
}

type WordsOf<Knob> = { readonly label: string; readonly help: string } & (Knob extends { unit: string }
  ? { readonly unit: string }
  : unknown) &
  (Knob extends { optionLabels: infer Labels }
    ? { readonly optionLabels: { readonly [Option in keyof Labels]: string } }
    : unknown);

type WordsOfAll<Knobs> = { readonly [Name in keyof Knobs]: WordsOf<Knobs[Name]> };

function wordsOf<Knobs extends Readonly<Record<string, KnobTexts>>>(knobs: Knobs): WordsOfAll<Knobs> {
  const words = Object.entries(knobs).map(([name, { label, help, unit, optionLabels }]) => [
    name,
    { label, help, ...(unit !== undefined && { unit }), ...(optionLabels && { optionLabels }) },
  ]);
  return Object.fromEntries(words) as WordsOfAll<Knobs>;
}

type Translated<Words> = {
  readonly [Name in keyof Words]: Words[Name] extends (...values: infer Values) => string
    ? (...values: Values) => string
    : string;
};

/** All texts of a method. */
export interface MethodTexts<Method extends SchemeMethod> extends MethodSummary {
  readonly knobs: WordsOfAll<Methods[Method]["knobs"]>;
  /** For its diagram and its equation. */
  readonly words: Translated<Methods[Method]["words"]>;
}

export interface MethodSummary {
  readonly name: string;
  readonly summary: string;
  readonly caveats: readonly string[];
}

export const methods = Object.fromEntries(
  Object.entries<MethodData>(data).map(([method, { name, summary, caveats, knobs, words }]) => [
    method,
    { name, summary, caveats, knobs: wordsOf(knobs), words },
  ]),
) as unknown as { readonly [Method in SchemeMethod]: MethodTexts<Method> };

/** Texts of all settings outside schemes, by group. */
export const knobs = Object.fromEntries(
  Object.entries(settingGroups).map(([group, own]) => [group, wordsOf(own)]),
) as unknown as { readonly [Group in SettingGroup]: WordsOfAll<SettingGroups[Group]> };

/** Choices that determine which other settings exist. */
export const choices = {
  source: {
    label: "Images",
    help: "The built-in Shapes are drawn in your browser. Your own images also stay on this machine: nothing is uploaded.",
  },
  method: {
    label: "Scheme",
    help: "How the student learns: from labels, from itself (BYOL), or from a teacher that is trained first (offline) or alongside (online).",
  },
} satisfies Readonly<Record<string, FieldWords>>;

export interface StudyWords {
  readonly name: string;
  readonly asks: string;
  readonly expects: string;
  readonly refutedBy: string;
  /** The setting of the paper's figures. */
  readonly setting?: string;
  readonly caveats?: readonly string[];
}

/** By study id. English uses the studies' own texts. */
export const studies: Readonly<Record<string, StudyWords>> = {};
