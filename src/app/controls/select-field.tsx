import { useState } from "react";
import type { FieldPath } from "../../protocol/field-path";
import { Field, type FieldText } from "./field";
import { useSetting } from "./use-setting";

export interface Option<Value extends string | number> {
  readonly value: Value;
  readonly label: string;
}

/** A setting with a few options. */
export function SelectField<Value extends string | number>({
  path,
  text,
  options,
  onChoose,
}: {
  path: FieldPath;
  text: FieldText;
  options: readonly Option<Value>[];
  /** Called instead of setting the value, where the choice has further effects. Returns why it is not possible. */
  onChoose?: (value: Value) => string | undefined;
}) {
  const { value, problem, take, forget } = useSetting(path);
  const [refusal, setRefusal] = useState<string>();
  const choose = (index: number) => {
    const option = options[index];
    if (!option) return;
    if (onChoose) setRefusal(onChoose(option.value));
    else take(option.value);
  };
  const leave = () => {
    forget();
    setRefusal(undefined);
  };
  return (
    <Field text={text} problem={refusal ?? problem}>
      {({ control, description }) => (
        <select
          id={control}
          className="input"
          aria-describedby={description}
          value={options.findIndex((option) => option.value === value)}
          onChange={(event) => choose(Number(event.target.value))}
          onBlur={leave}
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
