import { afterEach, expect, test, vi } from "vitest";
import { findingRecords, findings } from "../protocol/findings/findings";
import { englishFindings } from "../protocol/findings/words";
import { guides } from "../protocol/guides/guides";
import { recordPlans } from "../protocol/records/catalog";
import { studies } from "../protocol/studies/studies";
import { english } from "./english/english";
import { german } from "./german/german";
import { languages, onLanguageChange, speak, texts } from "./texts";

afterEach(() => speak("en"));

type Leaf = readonly [path: string, value: unknown];

/** Every text with its path: "run.phases.drawing". */
function leaves(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}

/** All texts except those whose English is in the protocol; they have their own tests. */
const cataloged = ({
  studies: _,
  questions: __,
  guideWords: ___,
  findings: ____,
  ...words
}: typeof english) => leaves(words);
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

test("no text is empty or has surrounding spaces", () => {
  for (const [path, value] of [...leaves(english), ...leaves(german)]) {
    if (typeof value !== "string") continue;
    expect(value.trim(), path).toBe(value);
    expect(value, path).not.toBe("");
  }
});

/** Texts that depend on their parameters without showing them. */
const choosing = new Set([
  "data.shortage",
  "data.rejection",
  "failures.explain",
  "links.cause",
  "reading.notice",
  "reading.offer",
  "reading.undo",
]);

test("a sentence shows the same parameters in both languages", () => {
  for (const [path, value] of leaves(english)) {
    const other = inGerman.get(path);
    if (typeof value !== "function" || typeof other !== "function" || choosing.has(path)) continue;
    const given = Array.from({ length: value.length }, (_, at) => String(1_000_001 + at * 1_111));
    // The parameters shown must not depend on the language.
    const shown = (sentence: unknown) =>
      given.map((one) => String(sentence).replaceAll(/[.,]/g, "").includes(one));
    expect(shown(other(...given)), path).toEqual(shown(value(...given)));
  }
});

test("every finding has complete German texts, which show the same figures and parameters", () => {
  const { findings: translated, records, ...words } = german.findings ?? englishFindings;
  const { findings: _, records: __, ...own } = englishFindings;
  expect(leaves(words).map(([path]) => path)).toEqual(leaves(own).map(([path]) => path));
  expect(Object.keys(translated).toSorted()).toEqual(findings.map(({ id }) => id).toSorted());
  expect(Object.keys(records).toSorted()).toEqual(findingRecords.map(({ id }) => id).toSorted());
  const figuresOf = (text: string) =>
    [...text.matchAll(/\d+(?:[.,]\d+)*/g)].map(([figure]) => figure.replaceAll(/[.,]/g, "")).toSorted();
  for (const { id, question, reported } of findings) {
    expect(translated[id]?.question, id).toMatch(/\?$/);
    expect(figuresOf(translated[id]?.question ?? ""), id).toEqual(figuresOf(question));
    expect(figuresOf(translated[id]?.reported ?? ""), id).toEqual(figuresOf(reported));
  }
});

test("changing the language notifies listeners once", async () => {
  const heard = vi.fn();
  const end = onLanguageChange(heard);
  for (const language of [...languages, ...languages.slice(-1)]) await speak(language);
  end();
  expect(texts()).toBe(german);
  expect(heard).toHaveBeenCalledTimes(1);
});

test("every study has complete German texts", () => {
  expect(Object.keys(german.studies).toSorted()).toEqual(studies.map(({ id }) => id).toSorted());
  for (const { id, figures } of studies) {
    const words = german.studies[id];
    expect(words?.setting !== undefined, id).toBe(figures !== undefined);
    expect(words?.caveats?.length, id).toBe(figures?.caveats.length);
  }
});

test("every guide has complete German texts", () => {
  expect(Object.keys(german.guideWords).toSorted()).toEqual(guides.map(({ id }) => id).toSorted());
  for (const { id, steps, experiment } of guides) {
    const words = german.guideWords[id];
    expect(Object.keys(words?.steps ?? {}), id).toEqual(steps.map((step) => step.id));
    expect(Object.keys(words?.arms ?? {}), id).toEqual(experiment.arms?.map((arm) => arm?.name));
  }
});

test("every recorded comparison has its question in German", () => {
  expect(Object.keys(german.questions).toSorted()).toEqual(recordPlans.map(({ id }) => id).toSorted());
});
