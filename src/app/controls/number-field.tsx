import type { FieldPath } from "../../protocol/field-path";
import { DraftField } from "./draft-field";
import type { FieldText } from "./field";

/** An empty field is not a number, and not zero. */
const numberOf = (input: string) => (input.trim() === "" ? undefined : Number(input));

/** A numeric setting of the experiment. */
export function NumberField({ path, text }: { path: FieldPath; text: FieldText }) {
  const input = { type: "number", step: text.step ?? "any" };
  return <DraftField {...{ path, text, input }} read={numberOf} write={String} />;
}
