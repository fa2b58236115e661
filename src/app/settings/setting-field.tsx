import type { Scheme } from "../../protocol/experiment";
import type { FieldPath } from "../../protocol/field-path";
import { methodOf } from "../../protocol/schemes";
import { isIdle } from "../../protocol/settings/idle";
import type { Knob } from "../../protocol/settings/knobs";
import { knobAt, placeOf } from "../../protocol/settings/settings";
import { wordsAt } from "../../series/setting-words";
import type { KnobTexts } from "../../texts/english/methods";
import { significantDigits } from "../../texts/numbers";
import { useApp } from "../app-context";
import { NumberField } from "../controls/number-field";
import { SelectField } from "../controls/select-field";
import { SliderField } from "../controls/slider-field";
import { TextField } from "../controls/text-field";
import { ToggleField } from "../controls/toggle-field";
import { TargetPicker } from "../schemes/target-picker";

/** The controls of settings, in this order. Settings without effect are hidden. */
export function SettingFields({ paths }: { paths: readonly FieldPath[] }) {
  return paths.map((path) => <SettingField key={path.join(".")} path={path} />);
}

/** The control of any setting of the experiment; nothing where the setting has no effect. */
export function SettingField({ path }: { path: FieldPath }) {
  const experiment = useApp((state) => state.experiment);
  const place = placeOf(path, experiment);
  const knob = place && knobAt(place);
  if (!knob) throw new Error(`${path.join(".")} is no setting.`);
  const arm = path[0] === "arms" ? experiment.arms[Number(path[1])] : undefined;
  if (arm && "group" in place && isIdle(place.group, place.name, arm)) return null;
  return <KnobField path={path} knob={knob} words={wordsAt(place) ?? knob} />;
}

/** Settings of a teacher that is a network of this page, which a model in its place does not have. */
const ofTrainedTeachers = ["teacherMethod", "teacherBatchNorm", "cachedTeacher", "teachers", "teacherSize"];

/** The scheme's own settings. */
export function SchemeFields({ arm, scheme }: { arm: number; scheme: Scheme }) {
  const method = methodOf(scheme);
  const isModel = useApp(({ experiment }) => experiment.arms[arm]?.model !== undefined);
  const idle: readonly string[] = [...method.idle(scheme), ...(isModel ? ofTrainedTeachers : [])];
  return Object.entries(method.knobs)
    .filter(([name]) => !idle.includes(name))
    .map(([name, knob]) => {
      const words = wordsAt({ method: scheme.method, name }) ?? knob;
      const path = ["arms", arm, "scheme", name];
      return <KnobField key={`${scheme.method} ${name}`} path={path} knob={knob} words={words} />;
    });
}

function KnobField({ path, knob, words }: { path: FieldPath; knob: Knob; words: KnobTexts }) {
  switch (knob.kind) {
    case "real":
    case "whole": {
      if (!knob.slider) return <NumberField path={path} text={{ ...words, step: knob.step }} />;
      const { min, step } = knob;
      return (
        <SliderField path={path} text={words} limits={{ min, max: knob.slider.max ?? knob.max, step }} />
      );
    }
    case "range":
      return <SliderField path={path} text={words} limits={knob} />;
    case "choice":
      return (
        <SelectField
          path={path}
          text={words}
          options={knob.options.map((value) => ({ value, label: words.optionLabels?.[value] ?? value }))}
        />
      );
    case "multiple": {
      const count = Math.round((knob.max - knob.min) / knob.of) + 1;
      const options = Array.from({ length: count }, (_, at) => {
        const value = knob.min + at * knob.of;
        return { value, label: `× ${significantDigits(value, 4)}` };
      });
      return <SelectField path={path} text={words} options={options} />;
    }
    case "toggle":
      return <ToggleField path={path} text={words} />;
    case "targetViews":
      return <TargetPicker path={path} text={words} />;
    case "text":
      return <TextField path={path} text={words} />;
    case "seeds":
      return <TextField path={path} text={words} read={readSeeds} write={writeSeeds} numeric />;
    default:
      return knob satisfies never;
  }
}

/** "1, 2, 3": numbers apart by commas or spaces. */
const readSeeds = (input: string) =>
  input
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number);
const writeSeeds = (seeds: unknown) => (Array.isArray(seeds) ? seeds.join(", ") : "");
