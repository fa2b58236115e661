import { readFileSync } from "node:fs";
import type { FindingAnswer } from "../../src/protocol/findings/answers";
import { findings } from "../../src/protocol/findings/findings";
import type { RecordEntry } from "../../src/protocol/records/register";
import { findingAnswersOf } from "../../src/series/findings/answers";
import { readRecord } from "../../src/store/records/load-record";
import type { RunState } from "../../src/store/run-state";

/**
 * The answers to the findings of one recorded comparison, from its file.
 *
 * @throws Error if a finding names an arm that the record does not have
 */
export async function answersOf(entry: RecordEntry): Promise<FindingAnswer[]> {
  const own = findings.filter(({ record }) => record === entry.id);
  return own.length === 0 ? [] : findingAnswersOf(await runOf(entry), own, entry.arms);
}

/** The recorded comparison, from its file. */
export const runOf = (entry: RecordEntry): Promise<RunState> =>
  readRecord(entry, new Blob([readFileSync(`public/records/${entry.file}`)]));
