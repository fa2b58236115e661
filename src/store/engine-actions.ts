import type { EngineClient } from "../client/engine-client";
import type { Notification } from "../client/notification-queue";
import type { Experiment, NetworkSettings } from "../protocol/experiment";
import type { WeightsFormat } from "../protocol/messages";
import { isSameExperiment } from "../protocol/problems";
import { texts } from "../texts/texts";
import { type AppStore, without } from "./app-store";
import { withFreshSlots } from "./experiment-edits";
import { failureOf } from "./failures";
import { createImageActions } from "./image-actions";
import { addPaceSample, overallProgress } from "./progress";
import { failedRun, idleRun, reduceRun, startedRun, startingRun } from "./run-state";

/** Times that a training is taken up again without having been saved in between. */
const MOST_RECOVERIES = 3;

/** Whether the experiment that runs still holds the engine. */
export const isRunning = ({ run }: { run: { status: string } }): boolean =>
  run.status === "starting" || run.status === "training" || run.status === "paused";

interface EngineActionsOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** By its name; without it the engine takes the best there is. */
  readonly wantedBackend?: string;
}

/** What the page asks of the engine. Failures become state; nothing here throws. */
export function createEngineActions(
  store: AppStore,
  client: EngineClient,
  { now = Date.now, wantedBackend }: EngineActionsOptions = {},
) {
  /** While it starts: who else needs it waits for the same. */
  let backend: Promise<void> | undefined;
  let starting: AbortController | undefined;
  let planned = 0;
  let recoveries = 0;
  const images = createImageActions(store, client);

  /** @throws RequestFailed */
  function ensureBackend(): Promise<void> {
    if (store.getState().engine.status === "ready") return Promise.resolve();
    backend ??= startBackend().finally(() => {
      backend = undefined;
    });
    return backend;
  }

  /** @throws RequestFailed */
  async function startBackend(anew = false): Promise<void> {
    store.setState({ engine: { status: "starting" } });
    try {
      const { device } = await client.request({
        type: "start-backend",
        ...(wantedBackend !== undefined && { backend: wantedBackend }),
        ...(anew && { anew }),
      });
      store.setState({ engine: { status: "ready", device } });
    } catch (error) {
      store.setState({ engine: { status: "failed", failure: failureOf(error) } });
      throw error;
    }
  }

  /** Measures again which backend is the quickest here. A training under way keeps its own. */
  async function chooseBackendAnew(): Promise<void> {
    if (backend || isRunning(store.getState())) return;
    backend = startBackend(true).finally(() => {
      backend = undefined;
    });
    await backend.catch(() => undefined);
  }

  /** What the edited experiment would cost. */
  async function replan(): Promise<void> {
    const wanted = ++planned;
    const { experiment } = store.getState();
    try {
      const { runs } = await client.request({ type: "plan", experiment });
      if (wanted === planned) store.setState({ plan: runs });
    } catch {
      if (wanted === planned) store.setState((state) => without(state, "plan"), true);
    }
  }

  async function boot(): Promise<void> {
    try {
      await ensureBackend();
      void lookForInterrupted();
      const { source } = store.getState().experiment.dataset;
      if (source === "shapes" || store.getState().dataset.files) await images.ensureDataset();
    } catch {
      // Already in the state of engine or dataset.
    }
    await replan();
  }

  /** A training that was going on when the page was closed, or when the engine died. */
  async function lookForInterrupted(): Promise<void> {
    try {
      const { found } = await client.request({ type: "find-interrupted" });
      store.setState(
        (state) => ({ ...without(state, "interrupted"), ...(found && { interrupted: found }) }),
        true,
      );
    } catch {
      // Nothing that could be offered.
    }
  }

  /** Goes on with it; the page shows its experiment and all of its curves. */
  async function continueInterrupted(): Promise<void> {
    const { interrupted, ...state } = store.getState();
    if (!interrupted || isRunning(state)) return;
    const opened = withFreshSlots(interrupted.experiment);
    const run = { ...startingRun(opened.experiment, opened.armSlots), continued: true } as const;
    store.setState({ ...without(state, "preview"), ...opened, run, pace: [] }, true);
    try {
      await ensureBackend();
      const { runs, summary, device } = await client.request({ type: "continue" });
      store.setState((now) => ({
        run: startedRun(now.run, runs),
        ...(device && { engine: { status: "ready", device } }),
      }));
      if (!summary) return;
      const { dataset } = opened.experiment;
      const settings = dataset.source === "files" ? { ...dataset, hash: summary.hash } : dataset;
      images.setDataset((now) => ({
        ...without(now, "failure", "loading"),
        loaded: { settings, summary },
        gallery: [],
      }));
      void images.showGallery();
    } catch (error) {
      store.setState((now) => ({ run: failedRun(now.run, failureOf(error)) }));
    }
  }

  async function forgetInterrupted(): Promise<void> {
    store.setState((state) => without(state, "interrupted"), true);
    await client.request({ type: "forget-interrupted" }).catch(() => undefined);
  }

  async function start(): Promise<void> {
    store.setState((state) => without(state, "interrupted"), true);
    starting?.abort();
    const controller = new AbortController();
    starting = controller;
    const { experiment, armSlots } = store.getState();
    store.setState({ run: startingRun(experiment, armSlots), pace: [] });
    try {
      await ensureBackend();
      await images.ensureDataset();
      const { runs } = await client.request({ type: "start", experiment }, { signal: controller.signal });
      store.setState(({ run }) => ({ run: startedRun(run, runs) }));
    } catch (error) {
      const failure = failureOf(error);
      if (starting !== controller) return;
      store.setState(({ run }) => ({
        run: failure.kind === "cancelled" ? idleRun : failedRun(run, failure),
      }));
    } finally {
      if (starting === controller) starting = undefined;
    }
  }

  async function tell(type: "pause" | "resume" | "step" | "stop"): Promise<boolean> {
    try {
      await client.request({ type });
      return true;
    } catch (error) {
      const failure = failureOf(error);
      // It has ended in the meantime: the engine's own news say how.
      if (failure.kind === "not-running") return false;
      store.setState(({ run }) => ({ run: failedRun(run, failure) }));
      return false;
    }
  }

  const setStatus = (from: string, status: "training" | "paused" | "stopped") =>
    store.setState(({ run }) => (run.status === from ? { run: { ...run, status }, pace: [] } : {}));

  /** Measures the next step. Where it cannot be, the figures of before stay. */
  async function diagnose(): Promise<void> {
    try {
      const { diagnosis } = await client.request({ type: "diagnose" });
      store.setState({ diagnosis });
    } catch {
      // The training has ended in the meantime.
    }
  }

  async function stop(): Promise<void> {
    if (starting) {
      starting.abort();
      images.cancelLoading();
      return;
    }
    await tell("stop");
  }

  function takeNews(notifications: readonly Notification[]): void {
    const { run: before } = store.getState();
    if (notifications.some(({ type }) => type === "saved")) recoveries = 0;
    store.setState((state) => {
      const run = notifications.reduce(reduceRun, state.run);
      if (run.status !== "training") return { run, pace: [] };
      // Compiling says nothing about the pace of what follows.
      if (run.activity.kind === "compiling") return { run, pace: [] };
      const { macs, steps } = overallProgress(run.runs);
      return { run, pace: addPaceSample(state.pace, { atMs: now(), macs, steps }) };
    });
    if (!notifications.some(({ type }) => type === "engine-failed")) return;
    void recover(before.status === "training" ? before.experiment : undefined);
  }

  /**
   * After the engine's death everything that it held is gone. One that never started is not started again. What was
   * trained goes on by itself, but not for ever where it fails again before anything was saved.
   */
  async function recover(trained: Experiment | undefined): Promise<void> {
    const wasReady = store.getState().engine.status === "ready";
    store.setState(({ dataset }) => ({
      engine: { status: "starting" },
      dataset: without(dataset, "loaded", "loading"),
    }));
    if (wasReady) {
      await boot();
      await lookForInterrupted();
      const { interrupted } = store.getState();
      const isIt = trained && interrupted && isSameExperiment(interrupted.experiment, trained);
      if (isIt && recoveries++ < MOST_RECOVERIES) await continueInterrupted();
    } else {
      const failure = failureOf(new Error(texts().failures.page.engineNotLoaded));
      store.setState({ engine: { status: "failed", failure } });
    }
  }

  return {
    boot,
    start,
    continueInterrupted,
    forgetInterrupted,
    /** Networks of the last training's runs, finished or under way. @throws RequestFailed */
    weights: async (format: WeightsFormat) => (await client.request({ type: "weights", format })).files,
    /** A file of weights for this network's start: its hash. @throws RequestFailed */
    takeWeights: async (file: Blob, network: NetworkSettings) =>
      (await client.request({ type: "take-weights", file, network })).hash,
    /** Before the tab may be closed. */
    save: () => client.request({ type: "save" }).catch(() => undefined),
    stop,
    pause: async () => {
      if (await tell("pause")) setStatus("training", "paused");
    },
    resume: async () => {
      if (await tell("resume")) setStatus("paused", "training");
    },
    step: () => tell("step"),
    diagnose,
    chooseBackendAnew,
    restart: async () => {
      if (isRunning(store.getState())) await stop();
      await start();
    },
    replan,
    preview: images.preview,
    reroll: images.reroll,
    showImages: images.showImages,
    look: images.look,
    inspect: images.inspect,
    ensureDataset: () => images.ensureDataset().catch(() => undefined),
    load: images.load,
    cancelLoading: images.cancelLoading,
    connect: () => client.subscribe(takeNews),
  };
}

export type EngineActions = ReturnType<typeof createEngineActions>;
