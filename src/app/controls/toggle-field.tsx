import { type FieldPath, valueAt } from "../../store/experiment-edits";
import { useActions, useApp } from "../app-context";
import type { FieldText } from "../field-texts";
import { Field } from "./field";

/** Yes or no. */
export function ToggleField({ path, text }: { path: FieldPath; text: FieldText }) {
  const value = useApp((state) => valueAt(state.experiment, path) === true);
  const { set } = useActions();
  return (
    <Field text={text}>
      {({ control, description }) => (
        <input
          id={control}
          type="checkbox"
          checked={value}
          aria-describedby={description}
          onChange={(event) => set(path, event.target.checked)}
        />
      )}
    </Field>
  );
}
