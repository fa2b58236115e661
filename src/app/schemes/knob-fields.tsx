import type { Scheme } from "../../protocol/experiment";
import type { Knob } from "../../protocol/knobs";
import { schemeKnobs } from "../../protocol/scheme-knobs";
import type { FieldPath } from "../../store/experiment-edits";
import { NumberField } from "../controls/number-field";
import { SelectField } from "../controls/select-field";
import { ToggleField } from "../controls/toggle-field";
import { TargetPicker } from "./target-picker";

/** The scheme's own settings, whatever they are: each kind of knob has its control. */
export function KnobFields({ arm, scheme }: { arm: number; scheme: Scheme }) {
  const knobs: Readonly<Record<string, Knob>> = schemeKnobs[scheme.method];
  return Object.entries(knobs).map(([name, knob]) => (
    <KnobField key={`${scheme.method} ${name}`} path={["arms", arm, "scheme", name]} knob={knob} />
  ));
}

/** The control of one knob, wherever its setting stands. */
export function KnobField({ path, knob }: { path: FieldPath; knob: Knob }) {
  switch (knob.kind) {
    case "real":
    case "whole":
      return <NumberField path={path} text={knob} />;
    case "choice":
      return (
        <SelectField
          path={path}
          text={knob}
          options={knob.options.map((value) => ({ value, label: knob.optionLabels[value] ?? value }))}
        />
      );
    case "toggle":
      return <ToggleField path={path} text={knob} />;
    case "targetViews":
      return <TargetPicker path={path} text={knob} />;
    default:
      return knob satisfies never;
  }
}
