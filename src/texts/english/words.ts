/** Helpers for English sentences. */

let format: Intl.NumberFormat | undefined;

/** The format is kept: creating one takes longer than using it, and sentences are made anew all the time. */
export const integer = (value: number): string => {
  format ??= new Intl.NumberFormat("en");
  return format.format(value);
};

/** "1 run", "1,200 runs". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${integer(value)} ${value === 1 ? one : many}`;

/** A control's name, and why one would change it. */
export interface FieldWords {
  readonly label: string;
  readonly help: string;
  readonly unit?: string;
}
