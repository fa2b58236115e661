import type { AppStore } from "../app-store";
import type { HistoryActions } from "./history-actions";
import type { HistoryConnection } from "./history-connection";

/** Loads the history's code on demand, because showing the page does not need it. */
export interface HistoryLoader {
  readonly actions: HistoryCalls;
  /** Starts recording trainings. */
  readonly connect: () => () => void;
  readonly saveNow: () => Promise<void>;
}

/** All actions, once the code has been loaded. */
export type HistoryCalls = {
  readonly [Name in keyof HistoryActions]: (
    ...given: Parameters<HistoryActions[Name]>
  ) => Promise<Awaited<ReturnType<HistoryActions[Name]>>>;
};

export function createHistoryLoader(store: AppStore): HistoryLoader {
  let loaded: Promise<HistoryConnection> | undefined;
  const load = () => {
    loaded ??= import("./history-connection").then(({ connectHistory }) => connectHistory(store));
    return loaded;
  };
  const call =
    <Given extends unknown[], Result>(act: (actions: HistoryActions) => (...given: Given) => Result) =>
    async (...given: Given): Promise<Awaited<Result>> =>
      await act((await load()).actions)(...given);
  return {
    actions: {
      refresh: call(({ refresh }) => refresh),
      reopen: call(({ reopen }) => reopen),
      follow: call(({ follow }) => follow),
      remark: call(({ remark }) => remark),
      remove: call(({ remove }) => remove),
      overlay: call(({ overlay }) => overlay),
      removeOverlay: call(({ removeOverlay }) => removeOverlay),
      exportFile: call(({ exportFile }) => exportFile),
      importFile: call(({ importFile }) => importFile),
      dismissResult: call(({ dismissResult }) => dismissResult),
      noteSaved: call(({ noteSaved }) => noteSaved),
      noteUnsaved: call(({ noteUnsaved }) => noteUnsaved),
    },
    connect: () => {
      const connected = load().then(({ connect }) => connect());
      // If the code cannot be loaded, the page trains without a history.
      connected.catch(() => undefined);
      return () => void connected.then((end) => end());
    },
    saveNow: async () => (await load()).saveNow(),
  };
}
