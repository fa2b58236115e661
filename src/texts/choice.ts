import { type Language, languages, speak } from "./texts";

export const languageChoices = ["system", ...languages] as const;
/** "system": whatever the browser asks for. */
export type LanguageChoice = (typeof languageChoices)[number];

const KEY = "retort.language";

/** The first of the visitor's languages that the page speaks, else English. @param preferred as `navigator.languages` */
export function languageFor(choice: LanguageChoice, preferred: readonly string[]): Language {
  if (choice !== "system") return choice;
  const known = preferred.flatMap((tag) => languages.filter((language) => tag.split("-")[0] === language));
  return known[0] ?? "en";
}

/** "system" also where the browser keeps its storage closed. */
export function rememberedChoice(): LanguageChoice {
  try {
    const kept = localStorage.getItem(KEY);
    return languageChoices.find((choice) => choice === kept) ?? "system";
  } catch {
    return "system";
  }
}

/** Speaks it, and says so to the browser: hyphenation, voices and search follow the document's language. */
export async function speakChosen(choice: LanguageChoice): Promise<void> {
  const language = languageFor(choice, navigator.languages);
  await speak(language);
  document.documentElement.lang = language;
}

export function choose(choice: LanguageChoice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // It holds for this visit.
  }
  void speakChosen(choice);
}
