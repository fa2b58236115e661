import { english, type Texts } from "./english/english";

/** The words of the page in the language that is spoken now. */

export type { Texts } from "./english/english";

export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];
/** Each in its own words, so that whoever looks for one finds it. */
export const languageNames: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

const catalogs: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: () => Promise.resolve(english),
  // Loaded by those who read it only.
  de: () => import("./german/german").then(({ german }) => german),
};

let spoken: Texts = english;
const listeners = new Set<() => void>();

/**
 * Read it while rendering, never once per module: the page is rendered anew when the language changes, but modules are
 * evaluated once.
 */
export const texts = (): Texts => spoken;

/** Changes the language as soon as its words are there; where they cannot be loaded, it stays as it is. */
export async function speak(language: Language): Promise<void> {
  const words = await catalogs[language]().catch(() => spoken);
  if (words === spoken) return;
  spoken = words;
  for (const listener of listeners) listener();
}

export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
