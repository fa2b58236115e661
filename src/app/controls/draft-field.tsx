import { type InputHTMLAttributes, useState } from "react";
import type { FieldPath } from "../../protocol/field-path";
import { Field, type FieldText } from "./field";
import { useSetting } from "./use-setting";

/** A typed setting. Invalid input stays as typed, with an explanation, and is discarded when the field loses focus. */
export function DraftField({
  path,
  text,
  read,
  write,
  input,
}: {
  path: FieldPath;
  text: FieldText;
  /** The value that the text stands for. */
  read: (input: string) => unknown;
  write: (value: unknown) => string;
  input: Pick<InputHTMLAttributes<HTMLInputElement>, "type" | "step" | "maxLength" | "inputMode">;
}) {
  const { value, problem, take, forget } = useSetting(path);
  const [draft, setDraft] = useState<string>();

  function leave(): void {
    setDraft(undefined);
    forget();
  }

  return (
    <Field text={text} problem={problem}>
      {({ control, description }) => (
        <input
          id={control}
          className="input"
          autoComplete="off"
          {...input}
          value={draft ?? write(value)}
          aria-describedby={description}
          aria-invalid={problem !== undefined}
          onChange={({ target }) => {
            setDraft(target.value);
            take(read(target.value));
          }}
          onBlur={leave}
        />
      )}
    </Field>
  );
}
