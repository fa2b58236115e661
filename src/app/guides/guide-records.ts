import { guideRecords } from "../../protocol/guides/records";
import { loadRecord } from "../../store/records/load-record";
import type { RunState } from "../../store/run-state";

/**
 * The record of a guide, which is fetched once; undefined where there is none.
 *
 * @throws Error where it cannot be reached, or is not the file that was recorded
 */
export async function recordOf(guide: string): Promise<RunState | undefined> {
  const entry = guideRecords.find(({ id }) => id === guide);
  return entry && loadRecord(entry);
}
