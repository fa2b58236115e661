import { useState } from "react";
import { type FieldPath, valueAt } from "../../store/experiment-edits";
import { useActions, useApp } from "../app-context";
import type { FieldText } from "../field-texts";
import { Field } from "./field";

/** A name of the experiment. An empty one is explained and forgotten on leaving. */
export function TextField({ path, text }: { path: FieldPath; text: FieldText }) {
  const value = useApp((state) => valueAt(state.experiment, path));
  const { set } = useActions();
  const [draft, setDraft] = useState<string>();
  const [problem, setProblem] = useState<string>();

  function take(input: string): void {
    setDraft(input);
    const found = set(path, input);
    setProblem(found && `This cannot be used here: ${found.allowed}.`);
  }

  function leave(): void {
    setDraft(undefined);
    setProblem(undefined);
  }

  return (
    <Field text={text} problem={problem}>
      {({ control, description }) => (
        <input
          id={control}
          className="input"
          type="text"
          maxLength={60}
          autoComplete="off"
          value={draft ?? String(value)}
          aria-describedby={description}
          aria-invalid={problem !== undefined}
          onChange={(event) => take(event.target.value)}
          onBlur={leave}
        />
      )}
    </Field>
  );
}
