import * as v from "valibot";
import { choice, distinct, integer, range, real, text, toggle, wholeNumber } from "./fields";

/**
 * A setting as data: limits and default for the schema, texts for the page. Schema, forms, help, error messages and
 * differences are generated from these entries, so each setting is defined once, plus once per language.
 */
export type Knob = KnobWords &
  (
    | RealKnob
    | {
        readonly kind: "whole";
        readonly min: number;
        readonly max: number;
        readonly default: number;
        /** Increment of the arrow keys. */
        readonly step: number;
        readonly slider?: Slider;
      }
    | {
        readonly kind: "choice";
        readonly options: readonly [string, ...string[]];
        readonly default: string;
        /** The page's names of the options. */
        readonly optionLabels: Readonly<Record<string, string>>;
      }
    | { readonly kind: "toggle"; readonly default: boolean }
    /** A selection of SimDis's seven target views. */
    | { readonly kind: "targetViews"; readonly default: readonly TargetViewNumber[] }
    /** An interval of two numbers. */
    | {
        readonly kind: "range";
        readonly min: number;
        readonly max: number;
        readonly default: { readonly min: number; readonly max: number };
        readonly step: number;
        readonly slider: Slider;
      }
    /** A multiple of `of` from `min` to `max`, such as a width. */
    | {
        readonly kind: "multiple";
        readonly of: number;
        readonly min: number;
        readonly max: number;
        readonly default: number;
      }
    | { readonly kind: "text"; readonly default: string }
    /** Distinct random seeds. */
    | { readonly kind: "seeds"; readonly most: number; readonly default: readonly number[] }
  );

interface RealKnob {
  readonly kind: "real";
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** Increment of the arrow keys. */
  readonly step: number;
  readonly slider?: Slider;
}

/** Shown as a slider, whose end may lie below the largest value allowed in a file or link. */
interface Slider {
  readonly max?: number;
}

export interface KnobWords {
  readonly label: string;
  readonly help: string;
  readonly unit?: string;
}

export type KnobSet = Readonly<Record<string, Knob>>;

export const MAX_SEED = 0xffff_ffff;

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
        : K extends { kind: "targetViews" }
          ? ReturnType<typeof views>
          : K extends { kind: "range" }
            ? ReturnType<typeof range>
            : K extends { kind: "multiple" }
              ? ReturnType<typeof multiple>
              : K extends { kind: "text" }
                ? ReturnType<typeof text>
                : ReturnType<typeof seeds>;

const multiple = ({ of, min, max, default: fallback }: Extract<Knob, { readonly kind: "multiple" }>) => {
  const allowed = `a multiple of ${of} from ${min} to ${max}`;
  return v.optional(
    v.pipe(v.number(allowed), v.multipleOf(of, allowed), v.minValue(min, allowed), v.maxValue(max, allowed)),
    fallback,
  );
};

const seeds = ({ most, default: fallback }: Extract<Knob, { readonly kind: "seeds" }>) =>
  distinct(wholeNumber(0, MAX_SEED), most, `whole numbers from 0 to ${MAX_SEED}`, [...fallback]);

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
    case "range":
      return range(knob.min, knob.max, knob.default.min, knob.default.max);
    case "multiple":
      return multiple(knob);
    case "text":
      return text(knob.default);
    case "seeds":
      return seeds(knob);
    default:
      return knob satisfies never;
  }
}

/** The schema's fields of these knobs. */
export function fieldsOf<const Knobs extends KnobSet>(
  knobs: Knobs,
): { [Name in keyof Knobs]: FieldOf<Knobs[Name]> } {
  const fields = Object.entries(knobs).map(([name, knob]) => [name, fieldOf(knob)]);
  return Object.fromEntries(fields) as { [Name in keyof Knobs]: FieldOf<Knobs[Name]> };
}
