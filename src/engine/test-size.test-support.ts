/**
 * Whether this is `npm run test:long`, which takes tests at their full size. `npm test` takes the same tests smaller; a
 * file that imports this is part of both.
 */
export const isLong = import.meta.env["VITE_LONG_TESTS"] === "1";

/** How often a law is tried, or of how many cases. */
export const sized = (short: number, long: number): number => (isLong ? long : short);
