import { teacherModel as english } from "./english/teacher-model";
import { teacherModel as german } from "./german/teacher-model";
import { spokenLanguage } from "./texts";

/** Texts that are loaded with the settings of an arm, in both languages. */
export const teacherModelTexts = (): typeof english => (spokenLanguage() === "de" ? german : english);
