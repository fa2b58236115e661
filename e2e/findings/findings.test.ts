import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingAnswers } from "../../src/protocol/findings/answers";
import { findings } from "../../src/protocol/findings/findings";
import { findingEntries, findingPlans } from "../../src/protocol/findings/records";
import { parseExperiment } from "../../src/protocol/problems";
import { recordPlans } from "../../src/protocol/records/catalog";
import { records } from "../../src/protocol/records/register";
import { changedSettings } from "../../src/store/experiment/reproduction";
import { presetById } from "../../src/store/experiment/study-presets";
import { readRecord } from "../../src/store/records/load-record";
import { answersOf } from "./compute";
import { findingsDocument } from "./document";
import { DOCUMENT } from "./write";

const entries = [...records, ...findingEntries];

test.each(entries.filter(({ id }) => findings.some(({ record }) => record === id)))(
  "every answer is computed from the file of $id",
  async (entry) => {
    const own = findings.filter(({ record }) => record === entry.id).map(({ id }) => id);
    expect(await answersOf(entry)).toEqual(findingAnswers.filter(({ id }) => own.includes(id)));
  },
);

test.each(findingEntries)(
  "$id was recorded with the experiment that a preset of its name opens",
  async (entry) => {
    const run = await readRecord(entry, new Blob([readFileSync(`public/records/${entry.file}`)]));
    const parsed = parseExperiment(presetById(entry.id)?.experiment);
    if (!parsed.ok || !run.experiment) return expect.unreachable(entry.id);
    expect(changedSettings(run.experiment, parsed.experiment)).toEqual([]);
    expect(run.experiment.arms.map(({ name }) => name)).toEqual(entry.arms);
  },
);

test("the page of findings says what the registers say", () => {
  expect(existsSync(DOCUMENT)).toBe(true);
  expect(readFileSync(DOCUMENT, "utf8")).toBe(findingsDocument(entries, findingAnswers));
});

test("a finding counts its own comparison's seeds", () => {
  for (const { id, n } of findingAnswers) {
    const record = findings.find((finding) => finding.id === id)?.record;
    const plan = [...recordPlans, ...findingPlans].find((one) => one.id === record);
    expect(n, id).toBe(plan?.seeds.length);
  }
});
