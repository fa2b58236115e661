/** Vite gives tests their variables; configurations and walks, which it does not load, have those of their process. */
const variables: Readonly<Record<string, unknown>> =
  (import.meta.env as ImportMetaEnv | undefined) ??
  (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env ??
  {};

/**
 * Whether tests run at full size (`npm run test:long`). `npm test` runs them smaller; files that import this run in
 * both.
 */
export const isLong = variables["VITE_LONG_TESTS"] === "1";

/** Chooses a number of repetitions or cases by the size of the suite. */
export const sized = (short: number, long: number): number => (isLong ? long : short);
