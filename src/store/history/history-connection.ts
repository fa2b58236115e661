import { holdTraining, joinHistoryChannel, liveTrainings } from "../../storage/training-locks";
import type { AppStore } from "../app-store";
import { createHistoryActions, type HistoryActions } from "./history-actions";
import { createHistoryRecorder } from "./history-recorder";

export interface HistoryConnection {
  readonly actions: HistoryActions;
  /** Starts recording trainings. */
  readonly connect: () => () => void;
  readonly saveNow: () => Promise<void>;
}

/** The page's history: the database is opened once, when something is first saved or shown. */
export function connectHistory(store: AppStore): HistoryConnection {
  let opened: ReturnType<typeof openDatabase> | undefined;
  const open = () => {
    opened ??= openDatabase().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const channel = joinHistoryChannel((id) => void actions.follow(id));
  const actions = createHistoryActions(store, {
    open,
    live: liveTrainings,
    estimate: async () => (await navigator.storage?.estimate?.()) ?? {},
    encode: async (trainings) => (await import("../../storage/history-file")).encodeHistoryFile(trainings),
    decode: async function* (file) {
      yield* (await import("../../storage/history-file")).decodeHistoryFile(file);
    },
    notify: channel.notify,
  });
  const recorder = createHistoryRecorder(store, {
    open,
    hold: holdTraining,
    live: liveTrainings,
    onSaved: (id) => {
      actions.noteSaved();
      channel.notify(id);
    },
    onFailed: actions.noteUnsaved,
  });
  return { actions, connect: recorder.connect, saveNow: recorder.saveNow };
}

async function openDatabase() {
  const { openHistory } = await import("../../storage/history");
  return openHistory();
}
