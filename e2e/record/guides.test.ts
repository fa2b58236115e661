import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Guide, guides } from "../../src/protocol/guides/guides";
import { guidePlans, guideRecords } from "../../src/protocol/guides/records";
import { parseExperiment } from "../../src/protocol/problems";
import { changeOf, guideAnswers } from "../../src/series/guide-answers";
import { changedSettings } from "../../src/store/experiment/changed-settings";
import { readRecord } from "../../src/store/records/load-record";

function experimentOf({ experiment }: Guide) {
  const parsed = parseExperiment(experiment);
  if (!parsed.ok) throw new Error("The guide has no experiment.");
  return parsed.experiment;
}

const recordOf = (id: string) => {
  const entry = guideRecords.find((one) => one.id === id);
  if (!entry) throw new Error(`There is no record ${id}.`);
  return readRecord(entry, new Blob([readFileSync(`public/records/${entry.file}`)]));
};

const armsOf = ({ experiment }: Guide) =>
  (experiment.arms ?? []).map((arm) => ({ name: arm?.name ?? "", label: arm?.name ?? "" }));

const recorded = guides.filter(({ id }) => guideRecords.some((entry) => entry.id === id));

test("every step changes exactly one setting", () => {
  for (const guide of guides) {
    for (const step of guide.steps) {
      expect(changeOf(experimentOf(guide), step), `${guide.id}, ${step.id}`).toHaveLength(1);
    }
  }
});

test("every record belongs to a guide", () => {
  const ids = guidePlans.map(({ id }) => id);
  for (const { id } of guideRecords) expect(ids).toContain(id);
});

test.each(recorded)(
  "$id: its record was trained with its experiment and answers every step",
  async (guide) => {
    const run = await recordOf(guide.id);
    expect(run.experiment && changedSettings(experimentOf(guide), run.experiment)).toEqual([]);
    const answers = guideAnswers(run, guide.steps, armsOf(guide));
    expect([...answers.keys()]).toEqual(guide.steps.map(({ id }) => id));
  },
);

test.each(recorded)(
  "$id: an answer turns around where the accuracies of both arms are exchanged",
  async (guide) => {
    const run = await recordOf(guide.id);
    const opposite = { higher: "lower", lower: "higher", same: "same" } as Readonly<Record<string, string>>;
    for (const step of guide.steps.filter(({ question }) => question.kind === "difference")) {
      const answer = guideAnswers(run, [step], armsOf(guide)).get(step.id);
      const exchanged = { ...step, from: step.to, to: step.from };
      const other = guideAnswers(run, [exchanged], armsOf(guide)).get(step.id);
      expect(other?.right, step.id).toBe(answer?.right && opposite[answer.right]);
    }
  },
);
