import { useState } from "react";
import type { FieldPath } from "../../store/experiment-edits";
import type { FieldText } from "../field-texts";
import { Field } from "./field";
import { useSetting } from "./use-setting";

/** A number of the experiment. What cannot be used is explained and forgotten on leaving. */
export function NumberField({ path, text }: { path: FieldPath; text: FieldText }) {
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
          type="number"
          step={text.step ?? "any"}
          value={draft ?? String(value)}
          aria-describedby={description}
          aria-invalid={problem !== undefined}
          onChange={({ target }) => {
            setDraft(target.value);
            // An empty field is no number, not zero.
            take(target.value.trim() === "" ? undefined : Number(target.value));
          }}
          onBlur={leave}
        />
      )}
    </Field>
  );
}
