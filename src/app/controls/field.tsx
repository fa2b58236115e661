import { type ReactNode, useId } from "react";
import type { FieldWords } from "../../texts/english/words";
import { HelpTip } from "./help-tip";

/** The texts of a control, and the increment of its arrow keys. */
export interface FieldText extends FieldWords {
  readonly step?: number;
}

interface FieldIds {
  readonly control: string;
  /** Ids for aria-describedby: the help and the error. */
  readonly description: string;
}

/** A labeled row: name, help, control, and the error of the last input. */
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
