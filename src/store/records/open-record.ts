import { everyRecorded } from "../../protocol/findings/records";
import type { UnusableLink } from "../../sharing/link";
import { texts } from "../../texts/texts";
import { type AppState, type AppStore, without } from "../app-store";
import { isRunning } from "../engine-actions";
import { withFreshSlots } from "../experiment/experiment-edits";
import { type RecordedExperiment, recordForFile } from "../experiment/recorded-run";
import type { RunState } from "../run-state";
import { loadRecord } from "./load-record";

const notThere = (id: string): UnusableLink => ({
  ...texts().records.unknown,
  cause: texts().records.unknown.cause(
    id.slice(0, 40),
    everyRecorded.map(({ entry }) => entry.id).join(", "),
  ),
  fields: [],
});

const notRead = (error: unknown): UnusableLink => ({
  ...texts().records.unreadable,
  cause: texts().records.unreadable.cause(error instanceof Error ? error.message : String(error)),
  fields: [],
});

/**
 * Opens a recorded comparison by its id. A training that runs is left alone; what cannot be opened is reported, and the
 * page stays usable.
 *
 * @param around false keeps the experiment that is set up, beside which only the recorded curves are drawn
 */
export async function openRecord(store: AppStore, id: string, around = true): Promise<void> {
  const entry = everyRecorded.find((one) => one.entry.id === id)?.entry;
  if (!entry) return store.setState({ unusableLink: notThere(id) });
  let run: RunState;
  try {
    run = await loadRecord(entry);
  } catch (error) {
    return store.setState({ unusableLink: notRead(error) });
  }
  const recorded = recordedOf(run, id);
  if (!recorded || isRunning(store.getState())) return;
  store.setState((state): AppState => {
    const bare = without(state, "unusableLink", "diagnosis");
    return around
      ? { ...bare, ...withFreshSlots(recorded.experiment), run, pace: [], recorded }
      : { ...bare, recorded };
  }, true);
}

/** For the verdict on a reproduction, and to be drawn beside it. */
function recordedOf(run: RunState, record: string): RecordedExperiment | undefined {
  const { experiment, reopened } = run;
  const recording = recordForFile(run, reopened?.device ?? "");
  return experiment && recording && { experiment, recording, record };
}
