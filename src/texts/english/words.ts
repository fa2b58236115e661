/** Helpers for English sentences. */

export const integer = (value: number): string => value.toLocaleString("en");

/** "1 run", "1,200 runs". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${integer(value)} ${value === 1 ? one : many}`;

/** A control's name, and why one would change it. */
export interface FieldWords {
  readonly label: string;
  readonly help: string;
  readonly unit?: string;
}
