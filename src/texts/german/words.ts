/** Helpers for German sentences. */

export const integer = (value: number): string => value.toLocaleString("de");

/** "1 Lauf", "1.200 Läufe". */
export const counted = (value: number, one: string, many: string): string =>
  `${integer(value)} ${value === 1 ? one : many}`;
