import type { FieldPath } from "../../protocol/field-path";
import { DraftField } from "./draft-field";
import type { FieldText } from "./field";

const asTyped = (input: string) => input;

/** A text setting, or a list written as text. */
export function TextField({
  path,
  text,
  read = asTyped,
  write = String,
  numeric = false,
}: {
  path: FieldPath;
  text: FieldText;
  /** The value that the text stands for. */
  read?: (input: string) => unknown;
  write?: (value: unknown) => string;
  /** Whether on-screen keyboards show digits. */
  numeric?: boolean;
}) {
  const input = { type: "text", maxLength: 200, ...(numeric && { inputMode: "numeric" as const }) };
  return <DraftField {...{ path, text, read, write, input }} />;
}
