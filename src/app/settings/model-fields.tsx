import { pixelScaleNames, pixelScaleOf, pixelScales } from "../../protocol/pixel-scales";
import {
  type DescribedModel,
  type OutputUse,
  outputUses,
  type TeacherModel,
} from "../../protocol/teacher-model";
import { teacherModelTexts } from "../../texts/teacher-model";
import { Field, type FieldText } from "../controls/field";

const sides = [32, 64, 96, 128, 160, 192, 224, 256, 288, 384] as const;

/** How a model is asked. Each change asks it again about some images. */
export function ModelFields({
  model,
  described,
  isBusy,
  onChange,
}: {
  model: TeacherModel;
  described: DescribedModel;
  isBusy: boolean;
  onChange: (next: TeacherModel) => void;
}) {
  const words = teacherModelTexts();
  const output = described.outputs.find(({ name }) => name === model.output);
  const known = pixelScaleOf(model);
  const uses: readonly OutputUse[] = output?.uses ?? outputUses;
  return (
    <fieldset disabled={isBusy} className="model-fields">
      <legend className="visually-hidden">{words.title}</legend>
      <Choice
        text={{ label: words.output, help: words.outputHelp }}
        value={model.output}
        options={described.outputs.map(({ name, shape }) => [name, `${name} [${shape.join(", ")}]`])}
        onChoose={(name) => {
          const next = described.outputs.find((one) => one.name === name);
          onChange({ ...model, output: name, use: next?.uses[0] ?? model.use });
        }}
      />
      <Choice
        text={{ label: words.use, help: words.useHelp }}
        value={model.use}
        options={uses.map((use) => [use, words.uses[use]])}
        onChoose={(use) => onChange({ ...model, use })}
      />
      <Choice
        text={{ label: words.pixels, help: words.pixelsHelp }}
        value={known ?? "own"}
        options={[...pixelScaleNames, ...(known ? [] : (["own"] as const))].map((name) => [
          name,
          words.pixelsOptions[name],
        ])}
        onChoose={(name) => {
          if (name === "own") return;
          const { mean, deviation } = pixelScales[name];
          onChange({ ...model, mean: [...mean], deviation: [...deviation] });
        }}
      />
      {described.side === undefined && (
        <Choice
          text={{ label: words.side, help: words.sideHelp }}
          value={String(model.side)}
          options={[...new Set([...sides, model.side])].map((side) => [String(side), String(side)])}
          onChoose={(side) => onChange({ ...model, side: Number(side) })}
        />
      )}
    </fieldset>
  );
}

function Choice<Value extends string>({
  text,
  value,
  options,
  onChoose,
}: {
  text: FieldText;
  value: Value;
  options: readonly (readonly [Value, string])[];
  onChoose: (value: Value) => void;
}) {
  return (
    <Field text={text}>
      {({ control, description }) => (
        <select
          id={control}
          className="input"
          aria-describedby={description}
          value={value}
          onChange={(event) => onChoose(event.target.value as Value)}
        >
          {options.map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
