/** Vite gives tests their variables; configurations and walks, which it does not load, have those of their process. */
const variables: Readonly<Record<string, unknown>> =
  (import.meta.env as ImportMetaEnv | undefined) ??
  (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env ??
  {};

/**
 * Whether this is `npm run test:long`, which takes tests at their full size. `npm test` takes the same tests smaller; a
 * file that imports this is part of both.
 */
export const isLong = variables["VITE_LONG_TESTS"] === "1";

/** How often a law is tried, or of how many cases. */
export const sized = (short: number, long: number): number => (isLong ? long : short);
