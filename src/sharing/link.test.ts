import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultExperiment, unnamedExperiment } from "../protocol/experiment";
import { anyExperiment } from "../protocol/experiment.testing";
import { openingExperiment } from "../protocol/presets";
import {
  addressForOthers,
  addressOf,
  embeddingCode,
  experimentLink,
  notebookCode,
  openExperimentFile,
  openLink,
  presetInAddress,
  recordedFile,
  recordInAddress,
} from "./link";

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

test("what the page opens with needs no fragment, anything else does", () => {
  const usual = openingExperiment();
  expect(addressOf(usual, `${page}#e=1.old`)).toBe(page);
  expect(openLink("")).toEqual({ kind: "none" });
  for (const other of [{ ...usual, batchSize: 48 }, defaultExperiment()]) {
    expect(openLink(fragmentOf(addressOf(other, page)))).toEqual({ kind: "experiment", experiment: other });
  }
});

test("an invalid field is named with the given and the allowed value, and the rest can be opened", () => {
  const wrong = { ...defaultExperiment(), batchSize: 1_000_000, seeds: [7] };
  const opened = openLink(fragmentOf(experimentLink(wrong, page)));
  if (opened.kind !== "unusable") return expect.unreachable();
  expect(opened.link.fields).toMatchObject([
    { field: "batchSize", given: "1000000", allowed: "a whole number from 2 to 1024", default: 64 },
  ]);
  expect(opened.link.repaired).toEqual({ ...defaultExperiment(), seeds: [7] });
});

test("a truncated link opens no experiment and says so; an unknown version is named", () => {
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

test("an address may name a preset, which the experiment replaces once it is written to the address", () => {
  const named = "https://example.org/retort/?preset=small";
  expect(presetInAddress(named)).toBe("small");
  expect(presetInAddress(page)).toBeUndefined();
  expect(addressOf(openingExperiment(), named)).toBe("https://example.org/retort/");
  expect(presetInAddress(experimentLink(defaultExperiment(), named))).toBeUndefined();
});

test("an experiment's file is checked like a link", () => {
  const experiment = { ...defaultExperiment(), seeds: [7, 8] };
  expect(openExperimentFile(JSON.stringify(experiment))).toEqual({ kind: "experiment", experiment });
  expect(openExperimentFile("{")).toMatchObject({ kind: "unusable", link: { fields: [] } });
  const opened = openExperimentFile(JSON.stringify({ seeds: [7], batchSize: -1 }));
  if (opened.kind !== "unusable") throw new Error("It should not have opened.");
  expect(opened.link.fields.map(({ field }) => field)).toEqual(["batchSize"]);
  expect(opened.link.repaired).toEqual({ ...unnamedExperiment(), seeds: [7] });
});

const recording = {
  device: "d",
  curves: [{ arm: 0, seed: 1, metric: "knnTop1", steps: [0, 10], values: [0.1, 0.2] }],
} as const;

test("recorded curves stay in the address, with their experiment once that differs", () => {
  const experiment = { ...defaultExperiment(), seeds: [1, 2] };
  const recorded = { experiment, recording };
  const same = openLink(fragmentOf(addressOf({ ...experiment, notes: "Look!" }, page, recorded)));
  expect(same).toEqual({ kind: "experiment", experiment: { ...experiment, notes: "Look!" }, recording });
  const edited = { ...experiment, batchSize: 32 };
  const other = openLink(fragmentOf(addressOf(edited, page, recorded)));
  expect(other).toEqual({ kind: "experiment", experiment: edited, recording, recordedIn: experiment });
});

test("where the curves' experiment is damaged, the settings can still be opened", () => {
  const edited = { ...defaultExperiment(), batchSize: 32 };
  const link = addressOf(edited, page, { experiment: defaultExperiment(), recording });
  const opened = openLink(`${fragmentOf(link)}*`);
  expect(opened).toMatchObject({ kind: "unusable", link: { repaired: edited } });
});

test("a file holds an experiment and its curves, and opens as a link does", () => {
  const experiment = { ...defaultExperiment(), seeds: [1, 2] };
  const text = recordedFile(experiment, recording);
  expect(openExperimentFile(text)).toEqual({ kind: "experiment", experiment, recording });
  const cut = openExperimentFile(text.replace(/r=1\.\S{12}/, "r=1."));
  expect(cut).toMatchObject({ kind: "unusable", link: { repaired: experiment } });
});

test("a shared link does not contain the sender's display and backend options", () => {
  expect(addressForOthers("https://example.org/retort/?embed&backend=wasm&lang=en#e=1.x")).toBe(
    `${page}#e=1.x`,
  );
  expect(addressForOthers(page)).toBe(page);
});

test("the embed code contains the same link, escaped for an attribute", () => {
  const code = embeddingCode(experimentLink(defaultExperiment(), page), 'A "quoted" <arm>');
  const box = /src="([^"]*)" title="([^"]*)"/.exec(code);
  const url = new URL(box?.[1]?.replaceAll("&amp;", "&") ?? "");
  expect(url.searchParams.has("embed")).toBe(true);
  expect(openLink(url.hash)).toEqual({ kind: "experiment", experiment: defaultExperiment() });
  expect(box?.[2]).toBe("A &quot;quoted&quot; &lt;arm>");
});

test("Python for a notebook holds the embedded address as one string", () => {
  const link = experimentLink({ ...defaultExperiment(), notes: `"quoted" \\ 'text'` }, page);
  const [, quoted = ""] = /^IFrame\((".*"), width="100%", height=900\)$/m.exec(notebookCode(link)) ?? [];
  const address = new URL(JSON.parse(quoted));
  expect(address.searchParams.has("embed")).toBe(true);
  expect(address.hash).toBe(new URL(link).hash);
});

test("an address names a recorded comparison, and its settings only once they are others", () => {
  const experiment = defaultExperiment();
  const recorded = { experiment, recording, record: "some-study" };
  const own = addressOf(experiment, "https://example.org/?preset=small&embed#e=1.old", recorded);
  expect(recordInAddress(own)).toBe("some-study");
  expect(presetInAddress(own)).toBeUndefined();
  expect(new URL(own).searchParams.has("embed")).toBe(true);
  expect(new URL(own).hash).toBe("");

  const edited = { ...experiment, batchSize: experiment.batchSize + 32 };
  const other = addressOf(edited, own, recorded);
  expect(recordInAddress(other)).toBe("some-study");
  expect(openLink(new URL(other).hash)).toMatchObject({ kind: "experiment", experiment: edited });
  // A link to the settings alone names no recording.
  expect(recordInAddress(experimentLink(edited, other))).toBeUndefined();
});
