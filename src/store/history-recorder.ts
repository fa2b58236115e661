import type { SavedTraining } from "../protocol/saved-training";
import type { History } from "../storage/history";
import type { AppState, AppStore } from "./app-store";
import { idleRun, type RunState } from "./run-state";
import { savedStatusOf, savedTraining } from "./saved-runs";
import { batchOf } from "./series";

/** What the recorder needs of the world. */
export interface RecorderWorld {
  /** @throws where the browser keeps pages from their storage */
  readonly open: () => Promise<History>;
  /** Says to other tabs that this one trains it, until the returned function is called. */
  readonly hold: (id: string) => () => void;
  /** Ids of those that some tab goes on with. */
  readonly live: () => Promise<ReadonlySet<string>>;
  /** It was saved, or could not be. */
  readonly onSaved: (id: string) => void;
  readonly onFailed: (error: unknown) => void;
  readonly now?: () => number;
  readonly periodMs?: number;
}

/** Between two savings: what a crash may lose of the curves in the history. */
const PERIOD_MS = 3_000;
/** Trainings that are kept; beyond them the oldest goes that nobody has named, tagged or noted. */
export const MOST_TRAININGS = 200;

interface Recorded {
  readonly fixed: Pick<SavedTraining, "id" | "startedAt" | "device">;
  /** Rows of each run that lie in the history. */
  readonly written: Map<string, number>;
  /** Whether older rows, of before it was continued, lie there still. */
  isAnew: boolean;
  readonly release: () => void;
}

/**
 * Saves what trains into the history as it happens: now and then the rows that are new, and the ends of runs. Nothing
 * here can disturb a training; what could not be saved is saved with the next.
 */
export function createHistoryRecorder(store: AppStore, world: RecorderWorld) {
  const { now = Date.now, periodMs = PERIOD_MS } = world;
  let history: Promise<History> | undefined;
  let current: Recorded | undefined;
  /** Its lock may still seem to be held. */
  let lastOwn: string | undefined;
  /** Savings take turns. */
  let saving = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const opened = () => {
    history ??= world.open().catch((error: unknown) => {
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
      release: world.hold(id),
    };
  }

  /** The newest of this experiment that did not end and that no tab goes on with. */
  async function findContinued(kept: History, { experiment }: RunState): Promise<SavedTraining | undefined> {
    const wanted = JSON.stringify(experiment);
    const live = await world.live();
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
    // Rows that are told again after a failure begin anew.
    const rewritten = run.runs.filter(
      ({ planned, series }) => isAnew || series.stage.length < (written.get(planned.runId) ?? 0),
    );
    const anew = rewritten.map(({ planned }) => planned.runId);
    const batches = run.runs
      .map(({ planned: { runId }, series }) =>
        batchOf(runId, series, anew.includes(runId) ? 0 : (written.get(runId) ?? 0)),
      )
      .filter(({ rows }) => rows > 0);
    await (await opened()).save(training, batches, anew);
    recorded.isAnew = false;
    for (const { planned, series } of run.runs) written.set(planned.runId, series.stage.length);
    world.onSaved(recorded.fixed.id);
  }

  /** Saves what `state` is now; resolves when that is done or has failed. */
  function save(state: AppState): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (!savedStatusOf(state.run)) return saving;
    saving = saving
      .then(async () => {
        if (!current) await begin(state);
        if (current) await write(state.run, current);
      })
      .catch(world.onFailed);
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
    // Another start: what was trained before stays as it was.
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
      // What began before this was there.
      follow(store.getState(), { ...store.getState(), run: idleRun });
      return store.subscribe(follow);
    },
    /** Lets go of what is being recorded; it stays as it was last saved. */
    end,
    /** Before the tab may be closed. */
    saveNow: () => (current ? save(store.getState()) : Promise.resolve()),
  };
}

async function makeRoom(history: History): Promise<void> {
  const saved = await history.list();
  const plain = saved.filter(({ name, tags, note }) => !name && tags.length === 0 && !note);
  const excess = plain.slice(MOST_TRAININGS - 1);
  if (excess.length > 0) await history.remove(excess.map(({ id }) => id));
}
