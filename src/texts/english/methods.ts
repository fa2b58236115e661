import type { MethodData } from "../../protocol/methods/method";
import { methods as data, type Methods } from "../../protocol/methods/methods";
import { optimiserKnobs, scheduleKnobs } from "../../protocol/optimiser-knobs";
import type { SchemeMethod } from "../../protocol/schemes";
import { startKnobs as starts, transferKnobs } from "../../protocol/start-knobs";
import type { FieldWords } from "./words";

/**
 * The words of the protocol's catalogues. English ones stand there beside what they describe; other languages have to
 * have the same, knob by knob.
 */

/** What a control of a knob says. */
export interface KnobWords extends FieldWords {
  readonly optionLabels?: Readonly<Record<string, string>>;
}

type WordsOf<Knob> = { readonly label: string; readonly help: string } & (Knob extends { unit: string }
  ? { readonly unit: string }
  : unknown) &
  (Knob extends { optionLabels: infer Labels }
    ? { readonly optionLabels: { readonly [Option in keyof Labels]: string } }
    : unknown);

type WordsOfAll<Knobs> = { readonly [Name in keyof Knobs]: WordsOf<Knobs[Name]> };

function wordsOf<Knobs extends Readonly<Record<string, KnobWords>>>(knobs: Knobs): WordsOfAll<Knobs> {
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

/** What every arm has beside its scheme. */
export const armKnobs = wordsOf({ ...optimiserKnobs, ...scheduleKnobs, ...transferKnobs });
export const startKnobs = wordsOf(starts);

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
