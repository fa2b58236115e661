import { useState } from "react";
import type { FieldPath } from "../../store/experiment-edits";
import type { FieldText } from "../field-texts";
import { Field } from "./field";
import { useSetting } from "./use-setting";

/** A text of the experiment, or a list that is written as one. What cannot be used is forgotten on leaving. */
export function TextField({
  path,
  text,
  read = (input) => input,
  write = String,
  numeric = false,
}: {
  path: FieldPath;
  text: FieldText;
  /** The value that the text stands for. */
  read?: (input: string) => unknown;
  write?: (value: unknown) => string;
  /** Whether small keyboards show digits. */
  numeric?: boolean;
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
          type="text"
          maxLength={200}
          autoComplete="off"
          {...(numeric && { inputMode: "numeric" })}
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
