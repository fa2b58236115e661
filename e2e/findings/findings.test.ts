import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingAnswers } from "../../src/protocol/findings/answers";
import { findings } from "../../src/protocol/findings/findings";
import { findingEntries, findingPlans } from "../../src/protocol/findings/records";
import { parseExperiment } from "../../src/protocol/problems";
import { recordPlans } from "../../src/protocol/records/catalog";
import { records } from "../../src/protocol/records/register";
import { findingAnswersOf } from "../../src/series/findings/answers";
import { changedSettings } from "../../src/store/experiment/changed-settings";
import { presetById } from "../../src/store/experiment/study-presets";
import { runOf } from "./compute";
import { findingsDocument } from "./document";
import { DOCUMENT } from "./write";

const entries = [...records, ...findingEntries];

test.each(entries.filter(({ id }) => findings.some(({ record }) => record === id)))(
  "$id was recorded with its experiment, and every answer is computed from its file",
  async (entry) => {
    const run = await runOf(entry);
    if (findingEntries.includes(entry)) {
      const parsed = parseExperiment(presetById(entry.id)?.experiment);
      if (!parsed.ok || !run.experiment) return expect.unreachable(entry.id);
      expect(changedSettings(run.experiment, parsed.experiment)).toEqual([]);
    }
    expect(run.experiment?.arms.map(({ name }) => name)).toEqual(entry.arms);
    const own = findings.filter(({ record }) => record === entry.id);
    const ids = own.map(({ id }) => id);
    expect(findingAnswersOf(run, own, entry.arms)).toEqual(
      findingAnswers.filter(({ id }) => ids.includes(id)),
    );
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
