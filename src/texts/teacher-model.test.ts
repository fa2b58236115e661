import { afterEach, expect, test } from "vitest";
import { teacherModel as english } from "./english/teacher-model";
import { teacherModel as german } from "./german/teacher-model";
import { teacherModelTexts } from "./teacher-model";
import { speak } from "./texts";

afterEach(() => speak("en"));

test("texts of a model that teaches are in the language of the page, with the same parameters", async () => {
  expect(teacherModelTexts()).toBe(english);
  await speak("de");
  expect(teacherModelTexts()).toBe(german);
  for (const words of [english, german]) {
    expect(words.knn("61", "28", 100)).toMatch(/100.*61 %.*28 %/);
    expect(words.cost(300_000_000, 24, 1_280)).toMatch(/1[.,]280.*300.*24/);
  }
});
