import { methods as described, type MethodDescription } from "../../protocol/methods";
import { optimiserKnobs, scheduleKnobs } from "../../protocol/optimiser-knobs";
import { schemeKnobs } from "../../protocol/scheme-knobs";
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

export type MethodWords = Pick<MethodDescription, "name" | "summary" | "caveats">;

export const methods = Object.fromEntries(
  Object.entries<MethodDescription>(described).map(([method, { name, summary, caveats }]) => [
    method,
    { name, summary, caveats },
  ]),
) as Readonly<Record<SchemeMethod, MethodWords>>;

export const knobs = Object.fromEntries(
  Object.entries(schemeKnobs).map(([method, own]) => [method, wordsOf(own)]),
) as { readonly [Method in SchemeMethod]: WordsOfAll<(typeof schemeKnobs)[Method]> };

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
