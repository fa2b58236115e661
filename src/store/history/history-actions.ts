import * as v from "valibot";
import {
  type Remarks,
  remarksSchema,
  type SavedTraining,
  type WholeTraining,
} from "../../protocol/saved-training";
import type { History } from "../../storage/history";
import { type AppState, type AppStore, without } from "../app-store";
import { isRunning } from "../engine-actions";
import { withFreshSlots } from "../experiment/experiment-edits";
import type { HistoryAction, HistoryProblem, HistoryResult, HistoryState } from "./history-state";
import { recordsOf, reopenedRun, shortTitleOf, titleOf } from "./saved-runs";

/** The database and the file format, loaded on first use. */
export interface HistoryDependencies {
  readonly open: () => Promise<History>;
  readonly live: () => Promise<ReadonlySet<string>>;
  readonly estimate: () => Promise<StorageEstimate>;
  readonly encode: (trainings: AsyncIterable<WholeTraining>) => Promise<Blob>;
  readonly decode: (file: Blob) => AsyncIterable<WholeTraining>;
  /** Notifies the other tabs. */
  readonly notify: (id: string) => void;
}

/** Whether its end has not been saved: another tab trains it, or a tab was closed while it trained. */
const isOpen = ({ status }: SavedTraining): boolean => status === "training" || status === "paused";

/** The error of a database operation, for display. */
const problemOf = (error: unknown): HistoryProblem => ({
  full: error instanceof Error && error.name === "HistoryFull",
  cause: error instanceof Error ? error.message : String(error),
});

/** The visitor's actions on saved trainings. Failures become messages; nothing here throws. */
export function createHistoryActions(store: AppStore, dependencies: HistoryDependencies) {
  let overlaysGiven = 0;
  /** Updates run one after the other, so that an older state never replaces a newer one. */
  let following = Promise.resolve();

  /** Whether a tab trains it. A lock may outlast the last save, and its release is not announced. */
  const isLive = async (training: SavedTraining): Promise<boolean> =>
    isOpen(training) && (await dependencies.live()).has(training.id);

  const setHistory = (change: (history: HistoryState) => HistoryState) =>
    store.setState(({ history }) => ({ history: change(history) }));
  const report = (result: HistoryResult | undefined) =>
    setHistory((history) => ({ ...without(history, "result"), ...(result && { result }) }));

  async function attempt(action: HistoryAction, act: (history: History) => Promise<void>): Promise<void> {
    try {
      await act(await dependencies.open());
    } catch (error) {
      report({ kind: "failed", action, problem: problemOf(error) });
    }
  }

  const refresh = () =>
    attempt("list", async (history) => {
      const [trainings, live, { usage = 0, quota = 0 }] = await Promise.all([
        history.list(),
        dependencies.live(),
        dependencies.estimate(),
      ]);
      setHistory((now) => ({ ...now, trainings, live: [...live], storage: { usage, quota } }));
    });

  async function whole(history: History, id: string): Promise<WholeTraining | undefined> {
    const training = await history.find(id);
    return training && { training, batches: await history.rows(id) };
  }

  /** Shows a saved training in place of the page's own, as if it had been trained here. */
  const reopen = (id: string) =>
    attempt("open", async (history) => {
      const found = await whole(history, id);
      if (!found || isRunning(store.getState())) return;
      const opened = withFreshSlots(found.training.experiment);
      const run = reopenedRun(found.training, found.batches, opened, await isLive(found.training));
      store.setState(
        (state): AppState => ({ ...without(state, "diagnosis", "recorded"), ...opened, run, pace: [] }),
        true,
      );
    });

  async function update(id: string): Promise<void> {
    const { run, history } = store.getState();
    if (history.trainings) void refresh();
    const { reopened, armSlots } = run;
    if (reopened?.id !== id || !reopened.live) return;
    await attempt("follow", async (opened) => {
      const found = await whole(opened, id);
      if (!found) return;
      const live = await isLive(found.training);
      store.setState(({ run: now }) =>
        now.reopened?.id === id
          ? { run: reopenedRun(found.training, found.batches, { armSlots }, live) }
          : {},
      );
    });
  }

  /** Another tab has saved: updates the training shown here. */
  function follow(id: string): Promise<void> {
    following = following.then(() => update(id));
    return following;
  }

  const remark = (id: string, remarks: Partial<Remarks>) =>
    attempt("remark", async (history) => {
      const checked = v.safeParse(v.partial(remarksSchema), remarks);
      if (!checked.success) throw new Error(checked.issues[0].message);
      await history.remark(id, remarks);
      dependencies.notify(id);
      await refresh();
    });

  const remove = (ids: readonly string[]) =>
    attempt("remove", async (history) => {
      const live = await dependencies.live();
      const ended = ids.filter((id) => !live.has(id));
      await history.remove(ended);
      setHistory((now) => ({ ...now, overlays: now.overlays.filter(({ id }) => !ended.includes(id)) }));
      for (const id of ended) dependencies.notify(id);
      await refresh();
    });

  const overlay = (id: string) =>
    attempt("overlay", async (history) => {
      const found = await whole(history, id);
      if (!found) return;
      const { training, batches } = found;
      const added = {
        id,
        title: titleOf(training),
        brief: shortTitleOf(training),
        experiment: training.experiment,
        runs: recordsOf(training, batches),
        number: overlaysGiven++,
      };
      setHistory((now) => ({ ...now, overlays: [...now.overlays.filter((one) => one.id !== id), added] }));
    });

  const removeOverlay = (id: string) =>
    setHistory((now) => ({ ...now, overlays: now.overlays.filter((one) => one.id !== id) }));

  async function busily<T>(busy: NonNullable<HistoryState["busy"]>, act: () => Promise<T>): Promise<T> {
    setHistory((now) => ({ ...without(now, "result"), busy }));
    try {
      return await act();
    } finally {
      setHistory((now) => without(now, "busy"));
    }
  }

  /** Exports to one file; undefined if that failed. @param ids all, where none are given */
  async function exportFile(ids?: readonly string[]): Promise<Blob | undefined> {
    let file: Blob | undefined;
    await busily("export", () =>
      attempt("export", async (history) => {
        const wanted = ids ?? (await history.list()).map(({ id }) => id);
        const each = async function* () {
          for (const id of wanted) {
            const found = await whole(history, id);
            if (found) yield found;
          }
        };
        file = await dependencies.encode(each());
      }),
    );
    return file;
  }

  /** Adds the file's trainings that the history lacks; existing ones are left unchanged. */
  const importFile = (file: Blob) =>
    busily("import", () =>
      attempt("import", async (history) => {
        const known = new Set((await history.list()).map(({ id }) => id));
        let [added, skipped] = [0, 0];
        try {
          for await (const { training, batches } of dependencies.decode(file)) {
            if (known.has(training.id)) {
              skipped++;
              continue;
            }
            known.add(training.id);
            await history.save(ended(training), batches);
            added++;
          }
          report({ kind: "imported", added, skipped });
        } catch (error) {
          report({ kind: "imported", added, skipped, problem: problemOf(error) });
        }
        dependencies.notify("");
        await refresh();
      }),
    );

  return {
    refresh,
    reopen,
    follow,
    remark,
    remove,
    overlay,
    removeOverlay,
    exportFile,
    importFile,
    dismissResult: () => report(undefined),
    /** Records that the current training was saved, or why not. */
    noteSaved: () => setHistory((history) => (history.unsaved ? without(history, "unsaved") : history)),
    noteUnsaved: (error: unknown) =>
      setHistory((history) => ({
        ...history,
        unsaved: problemOf(error),
      })),
  };
}

export type HistoryActions = ReturnType<typeof createHistoryActions>;

/** Marks a training as no longer running in another tab. */
function ended(training: SavedTraining): SavedTraining {
  return isOpen(training) ? { ...training, status: "stopped" } : training;
}
