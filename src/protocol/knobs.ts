import * as v from "valibot";
import { choice, distinct, integer, real, toggle } from "./fields";

/**
 * A setting of a scheme as data: its limits and default for the schema, its words for the page. A page that can draw the
 * five kinds can draw the settings of every scheme, of those to come as well.
 */
export type Knob = { readonly label: string; readonly help: string; readonly unit?: string } & (
  | {
      readonly kind: "real";
      readonly min: number;
      readonly max: number;
      readonly default: number;
      /** Of the arrow keys. */
      readonly step: number;
    }
  | {
      readonly kind: "whole";
      readonly min: number;
      readonly max: number;
      readonly default: number;
      readonly step: number;
    }
  | {
      readonly kind: "choice";
      readonly options: readonly [string, ...string[]];
      readonly default: string;
      /** How the page names the options. */
      readonly optionLabels: Readonly<Record<string, string>>;
    }
  | { readonly kind: "toggle"; readonly default: boolean }
  /** Which of SimDis's seven target views. */
  | { readonly kind: "targetViews"; readonly default: readonly TargetViewNumber[] }
);

export const targetViewNumbers = [1, 2, 3, 4, 5, 6, 7] as const;
export type TargetViewNumber = (typeof targetViewNumbers)[number];

const viewsAllowed = "numbers of target views, from 1 to 7";
const views = (fallback: TargetViewNumber[]) => {
  const item = v.picklist(targetViewNumbers, `1 to 7 different ${viewsAllowed}`);
  return distinct(item, targetViewNumbers.length, viewsAllowed, fallback);
};

export type FieldOf<K extends Knob> = K extends { kind: "real" }
  ? ReturnType<typeof real>
  : K extends { kind: "whole" }
    ? ReturnType<typeof integer>
    : K extends { kind: "toggle" }
      ? ReturnType<typeof toggle>
      : K extends { kind: "choice"; options: infer Options extends readonly [string, ...string[]] }
        ? ReturnType<typeof choice<Options>>
        : ReturnType<typeof views>;

function fieldOf(knob: Knob) {
  switch (knob.kind) {
    case "real":
      return real(knob.min, knob.max, knob.default);
    case "whole":
      return integer(knob.min, knob.max, knob.default);
    case "choice":
      return choice(knob.options, knob.default);
    case "toggle":
      return toggle(knob.default);
    case "targetViews":
      return views([...knob.default]);
    default:
      return knob satisfies never;
  }
}

/** The schema's fields of these knobs. */
export function fieldsOf<const Knobs extends Readonly<Record<string, Knob>>>(
  knobs: Knobs,
): { [Name in keyof Knobs]: FieldOf<Knobs[Name]> } {
  const fields = Object.entries(knobs).map(([name, knob]) => [name, fieldOf(knob)]);
  return Object.fromEntries(fields) as { [Name in keyof Knobs]: FieldOf<Knobs[Name]> };
}
