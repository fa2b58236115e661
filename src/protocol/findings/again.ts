import { openingInput } from "../presets";
import { recordPlans } from "../records/catalog";
import type { Finding, FindingRecord } from "./finding";
import { functionFindings, functionRecords } from "./function-matching";
import { mutualFindings, mutualRecords } from "./mutual";
import { simdisFindings, simdisRecords } from "./simdis";
import { ssldFindings, ssldRecords } from "./ssld";

/**
 * Questions that could not be answered at first, asked again over more seeds, alone or with few others. They were picked by their
 * first answers, so none of the seeds behind those answers is used again.
 */

const newSeeds = Array.from({ length: 20 }, (_, at) => 101 + at);

const records: readonly FindingRecord[] = [
  ...recordPlans
    .filter(({ id }) => id === "default")
    .map(({ id, question, source, curve }) => ({ id, question, source, curve, experiment: openingInput })),
  ...simdisRecords,
  ...mutualRecords,
  ...functionRecords,
  ...ssldRecords,
];

const againOf = (finding: Finding): Finding => ({
  ...finding,
  id: `${finding.id}-again`,
  record: `${finding.record}-again`,
  question: `Over twenty new seeds: ${finding.question}`,
});

const named = (findings: readonly Finding[], ...ids: readonly string[]): readonly Finding[] =>
  findings.filter(({ id }) => ids.includes(id)).map(againOf);

/** By the source that they are findings of. */
export const askedAgain: Readonly<Record<"simdis" | "mutual" | "funmatch" | "ssld", readonly Finding[]>> = {
  simdis: named(
    simdisFindings.findings,
    "off-byol",
    "off-byol-short",
    "off-on-short",
    "other-view",
    "byol-without-lars",
  ),
  mutual: named(mutualFindings.findings, "kd-few-labels"),
  funmatch: named(
    functionFindings.findings,
    "consistent-center",
    "consistent-windows",
    "temperature-2",
    "temperature-5",
    "temperature-10",
    "domain-noise",
  ),
  ssld: named(ssldFindings.findings, "js-kl", "deeper-teacher-unready", "surest-images"),
};

/** The arms that they ask about, at unchanged settings. */
export const againRecords: readonly FindingRecord[] = records.flatMap((record) => {
  const id = `${record.id}-again`;
  const asked = Object.values(askedAgain)
    .flat()
    .filter((finding) => finding.record === id);
  if (asked.length === 0) return [];
  const arms = new Set(asked.flatMap(({ difference }) => [difference.arm, difference.against]));
  const { experiment } = record;
  return {
    ...record,
    id,
    question: `Over twenty new seeds: ${record.question}`,
    experiment: {
      ...experiment,
      seeds: newSeeds,
      arms: (experiment.arms ?? []).filter((arm) => arms.has(arm?.name ?? "")),
    },
  };
});
