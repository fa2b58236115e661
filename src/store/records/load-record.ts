import type { RecordEntry } from "../../protocol/records/register";
import { decodeHistoryFile, HistoryFileUnreadable } from "../../storage/history-file";
import { fetchRecord } from "../../storage/record-file";
import { texts } from "../../texts/texts";
import { withFreshSlots } from "../experiment/experiment-edits";
import { reopenedRun } from "../history/saved-runs";
import type { RunState } from "../run-state";

/**
 * A recorded comparison, as if it had been trained here: its curves, results and costs are those of a reopened training.
 *
 * @throws Error where the file cannot be reached, is damaged, or has another hash than its entry
 */
export async function loadRecord(entry: RecordEntry): Promise<RunState> {
  return readRecord(entry, await fetchRecord(entry));
}

/** @throws HistoryFileUnreadable */
export async function readRecord({ id }: Pick<RecordEntry, "id">, file: Blob): Promise<RunState> {
  for await (const { training, batches } of decodeHistoryFile(file)) {
    const arms = training.experiment.arms.map((arm) => ({ ...arm, name: texts().arms.ofPreset(arm.name) }));
    const spoken = { ...training, experiment: { ...training.experiment, arms } };
    const run = reopenedRun(spoken, batches, withFreshSlots(spoken.experiment), false);
    return run.reopened ? { ...run, reopened: { ...run.reopened, record: id } } : run;
  }
  throw new HistoryFileUnreadable("The file has no training.");
}
