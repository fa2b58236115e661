import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultExperiment } from "../protocol/experiment";
import { anyExperiment } from "../protocol/experiment.testing";
import { addressOf, experimentLink, openExperimentFile, openLink, presetInAddress } from "./link";

const page = "https://example.org/retort/?lang=en";
const fragmentOf = (link: string) => link.slice(link.indexOf("#"));

test("opening a link restores every setting, whatever fragment the address had before", () => {
  fc.assert(
    fc.property(anyExperiment, fc.constantFrom("", "#e=1.old", "#"), (experiment, before) => {
      const link = experimentLink(experiment, page + before);
      expect(link.startsWith(`${page}#e=1.`)).toBe(true);
      expect(openLink(fragmentOf(link))).toEqual({ kind: "experiment", experiment });
    }),
    { numRuns: 50 },
  );
});

test("the default experiment needs no fragment, any other does", () => {
  const usual = defaultExperiment();
  expect(addressOf(usual, `${page}#e=1.old`)).toBe(page);
  expect(openLink("")).toEqual({ kind: "none" });
  const other = { ...usual, batchSize: 32 };
  expect(openLink(fragmentOf(addressOf(other, page)))).toEqual({ kind: "experiment", experiment: other });
});

test("a wrong field is named with what was given and what is allowed, and the rest can be opened", () => {
  const wrong = { ...defaultExperiment(), batchSize: 1_000_000, seeds: [7] };
  const opened = openLink(fragmentOf(experimentLink(wrong, page)));
  if (opened.kind !== "unusable") return expect.unreachable();
  expect(opened.link.fields).toMatchObject([
    { field: "batchSize", given: "1000000", allowed: "a whole number from 2 to 1024", default: 64 },
  ]);
  expect(opened.link.repaired).toEqual({ ...defaultExperiment(), seeds: [7] });
});

test("a link cut anywhere opens no experiment and says so; one of another version names it", () => {
  const fragment = fragmentOf(
    experimentLink({ ...defaultExperiment(), seeds: [1, 2, 3], batchSize: 48 }, page),
  );
  for (let length = 2; length < fragment.length; length++) {
    expect(openLink(fragment.slice(0, length)).kind, fragment.slice(0, length)).toBe("unusable");
  }
  const newer = openLink("#e=9.abc");
  if (newer.kind !== "unusable") return expect.unreachable();
  expect(newer.link.cause).toContain("9");
  expect(newer.link.repaired).toBeUndefined();
});

test("an address may name a preset, which gives way to the experiment once that is written down", () => {
  const named = "https://example.org/retort/?preset=small";
  expect(presetInAddress(named)).toBe("small");
  expect(presetInAddress(page)).toBeUndefined();
  expect(addressOf(defaultExperiment(), named)).toBe("https://example.org/retort/");
  expect(presetInAddress(experimentLink(defaultExperiment(), named))).toBeUndefined();
});

test("an experiment's file goes through the same door as a link", () => {
  const experiment = { ...defaultExperiment(), seeds: [7, 8] };
  expect(openExperimentFile(JSON.stringify(experiment))).toEqual({ kind: "experiment", experiment });
  expect(openExperimentFile("{")).toMatchObject({ kind: "unusable", link: { fields: [] } });
  const opened = openExperimentFile(JSON.stringify({ seeds: [7], batchSize: -1 }));
  if (opened.kind !== "unusable") throw new Error("It should not have opened.");
  expect(opened.link.fields.map(({ field }) => field)).toEqual(["batchSize"]);
  expect(opened.link.repaired).toEqual({ ...defaultExperiment(), seeds: [7] });
});
