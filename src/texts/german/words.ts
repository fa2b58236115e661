/** Helpers for German sentences. */

let format: Intl.NumberFormat | undefined;

/** The format is kept: creating one takes longer than using it, and sentences are made anew all the time. */
export const integer = (value: number): string => {
  format ??= new Intl.NumberFormat("de");
  return format.format(value);
};

/** "1 Lauf", "1.200 Läufe". */
export const counted = (value: number, one: string, many: string): string =>
  `${integer(value)} ${value === 1 ? one : many}`;
