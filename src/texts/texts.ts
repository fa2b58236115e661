import { english, type Texts } from "./english/english";

/** The page's texts in the current language. */

export type { Texts } from "./english/english";

export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];
/** Each in its own language, so that its speakers find it. */
export const languageNames: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

const catalogs: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: () => Promise.resolve(english),
  // Loaded on demand.
  de: () => import("./german/german").then(({ german }) => german),
};

let spoken: Texts = english;
let current: Language = "en";
const listeners = new Set<() => void>();

/**
 * The texts in the current language. Call it while rendering, never at module level: the page is rendered again when the
 * language changes, but modules are evaluated once.
 */
export const texts = (): Texts => spoken;

/** The language of {@link texts}, for texts that are loaded with a part of the page in both languages. */
export const spokenLanguage = (): Language => current;

/** Changes the language once its texts are loaded; if they cannot be loaded, the language stays. */
export async function speak(language: Language): Promise<void> {
  const words = await catalogs[language]().catch(() => spoken);
  if (words === spoken) return;
  spoken = words;
  current = language;
  for (const listener of listeners) listener();
}

export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
