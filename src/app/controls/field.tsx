import { type ReactNode, useId } from "react";
import type { FieldText } from "../field-texts";
import { HelpTip } from "./help-tip";

interface FieldIds {
  readonly control: string;
  /** For aria-describedby: the help, and what is wrong. */
  readonly description: string;
}

/** A labelled row: what it is, why one would change it, the control, and what was wrong with the last input. */
export function Field({
  text,
  problem,
  children,
}: {
  text: FieldText;
  problem?: string | undefined;
  children: (ids: FieldIds) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <span className="field-label">
        <label htmlFor={id}>{text.label}</label>
        <HelpTip label={text.label} text={text.help} />
      </span>
      <span className="field-control">
        {children({ control: id, description: problem ? `${id}-help ${id}-problem` : `${id}-help` })}
        {text.unit && <span className="field-unit">{text.unit}</span>}
      </span>
      <span id={`${id}-help`} className="visually-hidden">
        {text.help}
      </span>
      {problem && (
        <span id={`${id}-problem`} className="field-problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}
