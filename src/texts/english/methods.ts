import type { MethodData } from "../../protocol/methods/method";
import { methods as data, type Methods } from "../../protocol/methods/methods";
import type { SchemeMethod } from "../../protocol/schemes";
import { type SettingGroup, type SettingGroups, settingGroups } from "../../protocol/settings/settings";
import type { FieldWords } from "./words";

/**
 * The words of the protocol's catalogues. English ones stand there beside what they describe; other languages have to
 * have the same, knob by knob.
 */

/** The words of a setting. */
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

/** All words of a method. */
export interface MethodTexts<Method extends SchemeMethod> extends MethodSummary {
  readonly knobs: WordsOfAll<Methods[Method]["knobs"]>;
  /** Of its diagram and its equation. */
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

/** Words of every setting beside those of schemes, by its group. */
export const knobs = Object.fromEntries(
  Object.entries(settingGroups).map(([group, own]) => [group, wordsOf(own)]),
) as unknown as { readonly [Group in SettingGroup]: WordsOfAll<SettingGroups[Group]> };

/** Choices that decide which settings there are. */
export const choices = {
  source: {
    label: "Images",
    help: "The built-in Shapes are drawn in your browser. Your own images stay on this machine as well: nothing is uploaded.",
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
  /** Of the paper's figures. */
  readonly setting?: string;
  readonly caveats?: readonly string[];
}

/** By the study's id; in English the studies speak for themselves. */
export const studies: Readonly<Record<string, StudyWords>> = {};
