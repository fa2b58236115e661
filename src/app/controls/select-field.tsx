import { type FieldPath, valueAt } from "../../store/experiment-edits";
import { useActions, useApp } from "../app-context";
import type { FieldText } from "../field-texts";
import { Field } from "./field";

export interface Option<Value extends string | number> {
  readonly value: Value;
  readonly label: string;
}

/** One of a few choices of the experiment. */
export function SelectField<Value extends string | number>({
  path,
  text,
  options,
  onChoose,
}: {
  path: FieldPath;
  text: FieldText;
  options: readonly Option<Value>[];
  /** In place of setting the value, where more follows from the choice. */
  onChoose?: (value: Value) => void;
}) {
  const value = useApp((state) => valueAt(state.experiment, path));
  const { set } = useActions();
  const choose = (index: number) => {
    const option = options[index];
    if (!option) return;
    if (onChoose) onChoose(option.value);
    else set(path, option.value);
  };
  return (
    <Field text={text}>
      {({ control, description }) => (
        <select
          id={control}
          className="input"
          aria-describedby={description}
          value={options.findIndex((option) => option.value === value)}
          onChange={(event) => choose(Number(event.target.value))}
        >
          {options.map((option, index) => (
            <option key={option.value} value={index}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
