import type { FieldPath } from "../../protocol/field-path";
import { Field, type FieldText } from "./field";
import { useSetting } from "./use-setting";

/** A yes-or-no setting. */
export function ToggleField({ path, text }: { path: FieldPath; text: FieldText }) {
  const { value, problem, take, forget } = useSetting(path);
  return (
    <Field text={text} problem={problem}>
      {({ control, description }) => (
        <input
          id={control}
          type="checkbox"
          checked={value === true}
          aria-describedby={description}
          onChange={(event) => take(event.target.checked)}
          onBlur={forget}
        />
      )}
    </Field>
  );
}
