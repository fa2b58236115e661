import type { SavedTraining } from "../../protocol/saved-training";
import type { History } from "../../storage/history";
import type { AppState, AppStore } from "../app-store";
import { batchOf } from "../measurements/series";
import { idleRun, type RunState } from "../run-state";
import { savedStatusOf, savedTraining } from "./saved-runs";

/** The recorder's dependencies. */
export interface RecorderDependencies {
  /** @throws where the browser blocks storage */
  readonly open: () => Promise<History>;
  /** Tells other tabs that this one is training it, until the returned function is called. */
  readonly hold: (id: string) => () => void;
  /** Ids of trainings running in any tab. */
  readonly live: () => Promise<ReadonlySet<string>>;
  /** Reports that a training was saved, or could not be. */
  readonly onSaved: (id: string) => void;
  readonly onFailed: (error: unknown) => void;
  readonly now?: () => number;
  readonly periodMs?: number;
}

/** Milliseconds between saves: the part of the history's curves that a crash may lose. */
const PERIOD_MS = 3_000;
/** Number of trainings kept; beyond it the oldest one without name, tags or note is deleted. */
export const MOST_TRAININGS = 200;

interface Recorded {
  readonly fixed: Pick<SavedTraining, "id" | "startedAt" | "device">;
  /** Number of saved rows per run. */
  readonly written: Map<string, number>;
  /** Whether older rows, from before it was resumed, are still saved. */
  isAnew: boolean;
  readonly release: () => void;
}

/**
 * Saves trainings in the history as they run: periodically the new rows, and the ends of runs. It never disturbs a
 * training; a failed save is repeated with the next one.
 */
export function createHistoryRecorder(store: AppStore, dependencies: RecorderDependencies) {
  const { now = Date.now, periodMs = PERIOD_MS } = dependencies;
  let history: Promise<History> | undefined;
  let current: Recorded | undefined;
  /** The training whose lock may still seem to be held. */
  let lastOwn: string | undefined;
  /** Saves run one after the other. */
  let saving = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const opened = () => {
    history ??= dependencies.open().catch((error: unknown) => {
      history = undefined;
      throw error;
    });
    return history;
  };

  async function begin({ run, engine }: AppState): Promise<void> {
    const device = engine.status === "ready" ? `${engine.device.name} (${engine.device.backend})` : "";
    const kept = await opened();
    const before = run.continued ? await findContinued(kept, run) : undefined;
    if (!before) await makeRoom(kept);
    const id = before?.id ?? crypto.randomUUID();
    current = {
      fixed: { id, startedAt: before?.startedAt ?? now(), device: device.slice(0, 400) },
      written: new Map(),
      isAnew: before !== undefined,
      release: dependencies.hold(id),
    };
  }

  /** The newest unfinished entry of this experiment that is not running in any tab. */
  async function findContinued(kept: History, { experiment }: RunState): Promise<SavedTraining | undefined> {
    const wanted = JSON.stringify(experiment);
    const live = await dependencies.live();
    return (await kept.list()).find(
      (saved) =>
        (saved.status === "training" || saved.status === "paused" || saved.status === "failed") &&
        (!live.has(saved.id) || saved.id === lastOwn) &&
        JSON.stringify(saved.experiment) === wanted,
    );
  }

  async function write(run: RunState, recorded: Recorded): Promise<void> {
    const training = savedTraining(run, recorded.fixed, now());
    if (!training) return;
    const { written, isAnew } = recorded;
    // Rows replayed after a failure replace the earlier ones.
    const rewritten = run.runs.filter(
      ({ planned, series }) => isAnew || series.stage.length < (written.get(planned.runId) ?? 0),
    );
    const replaced = rewritten.map(({ planned }) => planned.runId);
    const batches = run.runs
      .map(({ planned: { runId }, series }) =>
        batchOf(runId, series, replaced.includes(runId) ? 0 : (written.get(runId) ?? 0)),
      )
      .filter(({ rows }) => rows > 0);
    await (await opened()).save(training, batches, replaced);
    recorded.isAnew = false;
    for (const { planned, series } of run.runs) written.set(planned.runId, series.stage.length);
    dependencies.onSaved(recorded.fixed.id);
  }

  /** Saves the current `state`; resolves when that has succeeded or failed. */
  function save(state: AppState): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (!savedStatusOf(state.run)) return saving;
    saving = saving
      .then(async () => {
        if (!current) await begin(state);
        if (current) await write(state.run, current);
      })
      .catch(dependencies.onFailed);
    return saving;
  }

  function end(): void {
    clearTimeout(timer);
    timer = undefined;
    saving = saving.then(() => {
      current?.release();
      lastOwn = current?.fixed.id;
      current = undefined;
    });
  }

  function follow(state: AppState, before: AppState): void {
    if (state.run === before.run || state.run.reopened) return;
    const status = savedStatusOf(state.run);
    // A new start: the previous training's entry stays unchanged.
    if (state.run.status === "starting" && before.run.status !== "starting") end();
    if (!status) return;
    const isChanged = status !== savedStatusOf(before.run);
    const isOver = status === "finished" || status === "stopped" || status === "failed";
    if (isChanged) {
      void save(state);
      if (isOver) end();
    } else if (!isOver) timer ??= setTimeout(() => void save(store.getState()), periodMs);
  }

  return {
    connect: () => {
      // Training that began before the recorder was loaded.
      follow(store.getState(), { ...store.getState(), run: idleRun });
      return store.subscribe(follow);
    },
    /** Stops recording the current training; it stays as last saved. */
    end,
    /** Saves before the tab is closed. */
    saveNow: () => (current ? save(store.getState()) : Promise.resolve()),
  };
}

async function makeRoom(history: History): Promise<void> {
  const saved = await history.list();
  const plain = saved.filter(({ name, tags, note }) => !name && tags.length === 0 && !note);
  const excess = plain.slice(MOST_TRAININGS - 1);
  if (excess.length > 0) await history.remove(excess.map(({ id }) => id));
}
