import { keptAnswers as english } from "./english/kept-answers";
import { keptAnswers as german } from "./german/kept-answers";
import { spokenLanguage } from "./texts";

/** Texts that are loaded where answers are kept, in both languages. */
export const keptAnswersTexts = (): typeof english => (spokenLanguage() === "de" ? german : english);
