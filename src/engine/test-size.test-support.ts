/**
 * Whether tests run at full size (`npm run test:long`). `npm test` runs them smaller; files that import this run in
 * both.
 */
export const isLong = import.meta.env["VITE_LONG_TESTS"] === "1";

/** Chooses a number of repetitions or cases by the size of the suite. */
export const sized = (short: number, long: number): number => (isLong ? long : short);
