import type { Scheme } from "../../protocol/experiment";
import type { FieldPath } from "../../protocol/field-path";
import type { Knob } from "../../protocol/knobs";
import { schemeKnobs } from "../../protocol/scheme-knobs";
import type { KnobWords } from "../../texts/english/methods";
import { texts } from "../../texts/texts";
import { NumberField } from "../controls/number-field";
import { SelectField } from "../controls/select-field";
import { ToggleField } from "../controls/toggle-field";
import { idleKnobs } from "./idle-knobs";
import { TargetPicker } from "./target-picker";

/** The scheme's own settings, whatever they are: each kind of knob has its control. */
export function KnobFields({ arm, scheme }: { arm: number; scheme: Scheme }) {
  const knobs: Readonly<Record<string, Knob>> = schemeKnobs[scheme.method];
  const words: Readonly<Record<string, KnobWords>> = texts().knobs[scheme.method];
  const idle = idleKnobs(scheme);
  return Object.entries(knobs)
    .filter(([name]) => !idle.includes(name))
    .map(([name, knob]) => (
      <KnobField
        key={`${scheme.method} ${name}`}
        path={["arms", arm, "scheme", name]}
        knob={knob}
        words={words[name] ?? knob}
      />
    ));
}

/** The control of one knob, wherever its setting stands. */
export function KnobField({ path, knob, words }: { path: FieldPath; knob: Knob; words: KnobWords }) {
  switch (knob.kind) {
    case "real":
    case "whole":
      return <NumberField path={path} text={{ ...words, step: knob.step }} />;
    case "choice":
      return (
        <SelectField
          path={path}
          text={words}
          options={knob.options.map((value) => ({ value, label: words.optionLabels?.[value] ?? value }))}
        />
      );
    case "toggle":
      return <ToggleField path={path} text={words} />;
    case "targetViews":
      return <TargetPicker path={path} text={words} />;
    default:
      return knob satisfies never;
  }
}
