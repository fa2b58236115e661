import { expect, test } from "vitest";
import { openingInput } from "../presets";
import { parseExperiment } from "../problems";
import { recordPlans } from "../records/catalog";
import { studies } from "../studies/studies";
import { againRecords } from "./again";
import { answerTo, findingAnswers } from "./answers";
import { findingRecords, findingSources, findings } from "./findings";
import { findingEntries, findingPlans } from "./records";

test("ids of findings and of their records differ, and a recorded comparison has one meaning", () => {
  expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
  const ids = [...recordPlans, ...findingRecords].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(findingSources.map(({ id }) => id)).size).toBe(findingSources.length);
});

test.each(findingRecords)(
  "$id: an experiment over five seeds or more, whose arms are all asked about",
  (record) => {
    const parsed = parseExperiment(record.experiment);
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
    expect(record.experiment.seeds?.length).toBeGreaterThanOrEqual(5);
    const names = record.experiment.arms?.map((arm) => arm?.name) ?? [];
    expect(new Set(names).size).toBe(names.length);
    const own = findings.filter((finding) => finding.record === record.id);
    const asked = own.flatMap(({ difference, beyond }) => [
      difference.arm,
      difference.against,
      ...(beyond ? [beyond.arm, beyond.against] : []),
    ]);
    expect(new Set(asked)).toEqual(new Set(names));
  },
);

test.each(againRecords)(
  "$id: the same arms at the same settings over seeds that were not used before",
  (again) => {
    const first = again.id.replace(/-again$/, "");
    const before = findingRecords.find(({ id }) => id === first)?.experiment ?? openingInput;
    const seeds = [...recordPlans, ...findingPlans].find(({ id }) => id === first)?.seeds ?? [];
    const { arms = [], seeds: fresh = [], ...settings } = again.experiment;
    expect({ ...before, arms: undefined, seeds: undefined }).toEqual({
      ...settings,
      arms: undefined,
      seeds: undefined,
    });
    for (const arm of arms) expect(before.arms).toContainEqual(arm);
    expect(seeds.length).toBeGreaterThan(0);
    expect(new Set([...seeds, ...fresh]).size).toBe(seeds.length + fresh.length);
  },
);

test("every finding belongs to a recorded comparison, and its studies exist", () => {
  const records = [...recordPlans, ...findingRecords].map(({ id }) => id);
  const known = studies.map(({ id }) => id);
  for (const { id, record, studies: own, question, difference } of findings) {
    expect(records, id).toContain(record);
    expect(known, id).toEqual(expect.arrayContaining([...own]));
    expect(question, id).toMatch(/\?$/);
    expect(difference.arm === difference.against, id).toBe(difference.rates !== undefined);
  }
});

test("every answer belongs to a finding, and every finding of a recorded comparison has one", () => {
  const ids = findings.map(({ id }) => id);
  for (const { id } of findingAnswers) expect(ids).toContain(id);
  for (const entry of findingEntries) {
    expect(findingPlans.map(({ id }) => id)).toContain(entry.id);
    for (const finding of findings.filter(({ record }) => record === entry.id)) {
      expect(answerTo(finding), finding.id).toBeDefined();
    }
  }
});
