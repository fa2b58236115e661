import { readFileSync } from "node:fs";
import type { FindingAnswer } from "../../src/protocol/findings/answers";
import { findings } from "../../src/protocol/findings/findings";
import type { RecordEntry } from "../../src/protocol/records/register";
import { findingAnswersOf } from "../../src/series/findings/answers";
import { readRecord } from "../../src/store/records/load-record";

/**
 * The answers to the findings of one recorded comparison, from its file.
 *
 * @throws Error if a finding names an arm that the record does not have
 */
export async function answersOf(entry: RecordEntry): Promise<FindingAnswer[]> {
  const own = findings.filter(({ record }) => record === entry.id);
  if (own.length === 0) return [];
  const run = await readRecord(entry, new Blob([readFileSync(`public/records/${entry.file}`)]));
  return findingAnswersOf(run, own, entry.arms);
}
