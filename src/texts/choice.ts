import { type Language, languages, speak } from "./texts";

export const languageChoices = ["system", ...languages] as const;
/** "system": the browser's language. */
export type LanguageChoice = (typeof languageChoices)[number];

const KEY = "retort.language";

/**
 * The first of the visitor's languages that the page supports, otherwise English. @param preferred as
 * `navigator.languages`
 */
export function languageFor(choice: LanguageChoice, preferred: readonly string[]): Language {
  if (choice !== "system") return choice;
  const known = preferred.flatMap((tag) => languages.filter((language) => tag.split("-")[0] === language));
  return known[0] ?? "en";
}

/** "system" also where the browser blocks storage. */
export function rememberedChoice(): LanguageChoice {
  try {
    const kept = localStorage.getItem(KEY);
    return languageChoices.find((choice) => choice === kept) ?? "system";
  } catch {
    return "system";
  }
}

/** Switches the language and sets the document's language, which hyphenation, voices and search follow. */
export async function speakChosen(choice: LanguageChoice): Promise<void> {
  const language = languageFor(choice, navigator.languages);
  await speak(language);
  document.documentElement.lang = language;
}

export function choose(choice: LanguageChoice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // It applies to this visit only.
  }
  void speakChosen(choice);
}
