import { afterEach, expect, test, vi } from "vitest";
import { studies } from "../protocol/studies/studies";
import { english } from "./english/english";
import { german } from "./german/german";
import { languages, onLanguageChange, speak, texts } from "./texts";

afterEach(() => speak("en"));

type Leaf = readonly [path: string, value: unknown];

/** Every text with its place: "run.phases.drawing". */
function leaves(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}

/** Studies have their English words in the protocol, and a test of their own. */
const cataloged = ({ studies: _, ...words }: typeof english) => leaves(words);
const inGerman = new Map(leaves(german));

test("both languages have the same texts", () => {
  expect(
    cataloged(german)
      .map(([path]) => path)
      .toSorted(),
  ).toEqual(
    cataloged(english)
      .map(([path]) => path)
      .toSorted(),
  );
});

test("no text is empty, and none ends in a blank", () => {
  for (const [path, value] of [...leaves(english), ...leaves(german)]) {
    if (typeof value !== "string") continue;
    expect(value.trim(), path).toBe(value);
    expect(value, path).not.toBe("");
  }
});

/** They choose by what they are given, rather than showing it. */
const choosing = new Set(["data.shortage", "data.rejection", "failures.explain", "links.cause"]);

test("a sentence says in both languages everything that is put into it", () => {
  for (const [path, value] of leaves(english)) {
    const other = inGerman.get(path);
    if (typeof value !== "function" || typeof other !== "function" || choosing.has(path)) continue;
    const given = Array.from({ length: value.length }, (_, at) => String(1_000_001 + at * 1_111));
    // Which of the values a sentence shows must not depend on its language.
    const shown = (sentence: unknown) =>
      given.map((one) => String(sentence).replaceAll(/[.,]/g, "").includes(one));
    expect(shown(other(...given)), path).toEqual(shown(value(...given)));
  }
});

test("speaking another language says so, once", async () => {
  const heard = vi.fn();
  const end = onLanguageChange(heard);
  for (const language of [...languages, ...languages.slice(-1)]) await speak(language);
  end();
  expect(texts()).toBe(german);
  expect(heard).toHaveBeenCalledTimes(1);
});

test("every study has German words for all that it says", () => {
  expect(Object.keys(german.studies).toSorted()).toEqual(studies.map(({ id }) => id).toSorted());
  for (const { id, figures } of studies) {
    const words = german.studies[id];
    expect(words?.setting !== undefined, id).toBe(figures !== undefined);
    expect(words?.caveats?.length, id).toBe(figures?.caveats.length);
  }
});
