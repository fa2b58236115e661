import { type EngineClient, RequestFailed } from "../client/engine-client";
import type { Notification } from "../client/notification-queue";
import type { Experiment, NetworkSettings } from "../protocol/experiment";
import { cancelled } from "../protocol/failures";
import { isSameExperiment } from "../protocol/problems";
import type { WeightsFormat } from "../protocol/weights";
import { texts } from "../texts/texts";
import { type AppStore, without } from "./app-store";
import { withFreshSlots } from "./experiment/experiment-edits";
import { failureOf } from "./failures";
import { createImageActions } from "./image-actions";
import { addPaceSample, overallProgress } from "./progress";
import { failedRun, idleRun, reduceRun, startedRun, startingRun } from "./run-state";

/** The number of times a training is resumed after the engine has died without a save in between. */
const MOST_RECOVERIES = 3;

/** Returns whether the running experiment still needs the engine. */
export const isRunning = ({ run }: { run: { status: string } }): boolean =>
  run.status === "starting" || run.status === "training" || run.status === "paused";

interface EngineActionsOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** By name; without it the engine chooses the best one. */
  readonly wantedBackend?: string;
}

/** Fails once the visitor cancels. */
const abortOf = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const fail = () => reject(new RequestFailed(cancelled));
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail);
  });

/** The page's requests to the engine. Failures become state; nothing here throws. */
export function createEngineActions(
  store: AppStore,
  client: EngineClient,
  { now = Date.now, wantedBackend }: EngineActionsOptions = {},
) {
  /** The pending start, which other requests also wait for. */
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
  async function startBackend(again = false): Promise<void> {
    store.setState({ engine: { status: "starting" } });
    try {
      const { device } = await client.request({
        type: "start-backend",
        ...(wantedBackend !== undefined && { backend: wantedBackend }),
        ...(again && { anew: true }),
      });
      store.setState({ engine: { status: "ready", device } });
    } catch (error) {
      store.setState({ engine: { status: "failed", failure: failureOf(error) } });
      throw error;
    }
  }

  /** Measures again which backend is the fastest here. Not possible during training. */
  async function measureBackends(): Promise<void> {
    if (backend || isRunning(store.getState())) return;
    backend = startBackend(true).finally(() => {
      backend = undefined;
    });
    await backend.catch(() => undefined);
  }

  /** Backend and images, after those that the visitor is still waiting for. @throws RequestFailed */
  const prepare = () => Promise.all([ensureBackend(), images.afterAskedFor().then(images.ensureDataset)]);

  /** The plan and cost of the edited experiment. */
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
      void findInterrupted();
      await images.afterAskedFor();
      const { source } = store.getState().experiment.dataset;
      if (source !== "files" || store.getState().dataset.files) await images.ensureDataset();
    } catch {
      // The failure is already in the state of engine or dataset.
    }
    await replan();
  }

  /** Finds a training that was running when the page was closed or the engine died. */
  async function findInterrupted(): Promise<void> {
    try {
      const { found } = await client.request({ type: "find-interrupted" });
      store.setState(
        (state) => ({ ...without(state, "interrupted"), ...(found && { interrupted: found }) }),
        true,
      );
    } catch {
      // There is nothing to offer.
    }
  }

  /** Resumes it; the page shows its experiment and all of its curves. */
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
    const { experiment: asked, armSlots } = store.getState();
    store.setState({ run: startingRun(asked, armSlots), pace: [] });
    try {
      await ensureBackend();
      await Promise.race([images.afterAskedFor(), abortOf(controller.signal)]);
      // Images that were still being read have become the experiment's.
      const { dataset } = store.getState().experiment;
      const experiment = dataset === asked.dataset ? asked : { ...asked, dataset };
      store.setState(({ run }) => ({ run: { ...run, experiment } }));
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
      // It has ended in the meantime; the engine's events report how.
      if (failure.kind === "not-running") return false;
      store.setState(({ run }) => ({ run: failedRun(run, failure) }));
      return false;
    }
  }

  const setStatus = (from: string, status: "training" | "paused" | "stopped") =>
    store.setState(({ run }) => (run.status === from ? { run: { ...run, status }, pace: [] } : {}));

  /** Times the next step. If that is not possible, the previous figures stay. */
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
      // Compilation says nothing about the later speed.
      if (run.activity.kind === "compiling") return { run, pace: [] };
      const { macs, steps } = overallProgress(run.runs);
      return { run, pace: addPaceSample(state.pace, { atMs: now(), macs, steps }) };
    });
    if (!notifications.some(({ type }) => type === "engine-failed")) return;
    void recover(before.status === "training" ? before.experiment : undefined);
  }

  /**
   * After the engine's death everything it held is lost. An engine that never started is not restarted. The training is
   * resumed automatically, but not forever if it fails again before anything was saved.
   */
  async function recover(trained: Experiment | undefined): Promise<void> {
    const wasReady = store.getState().engine.status === "ready";
    store.setState(({ dataset }) => ({
      engine: { status: "starting" },
      dataset: without(dataset, "loaded", "loading"),
    }));
    if (wasReady) {
      await boot();
      await findInterrupted();
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
    /** Networks of the last training's runs, finished or in progress. @throws RequestFailed */
    weights: async (format: WeightsFormat) => (await client.request({ type: "weights", format })).files,
    /** The last training's networks, measured. Loads the images if need be. @throws RequestFailed */
    measureModels: async () => {
      await prepare();
      return (await client.request({ type: "measure-models" })).models;
    },
    /** The first steps of an experiment's arms, and its runs. Loads the images if need be. @throws RequestFailed */
    trace: async (experiment: Experiment, steps: number) => {
      await prepare();
      return client.request({ type: "trace", experiment, steps });
    },
    /** Stores a file of weights for this network's start and returns its hash. @throws RequestFailed */
    takeWeights: async (file: Blob, network: NetworkSettings) =>
      (await client.request({ type: "take-weights", file, network })).hash,
    /** For parts of the page that are loaded on demand. @throws RequestFailed */
    request: client.request,
    /** Saves the training before the tab is closed. */
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
    measureBackends,
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
    tryImage: images.tryImage,
    ensureDataset: () => images.ensureDataset().catch(() => undefined),
    load: images.load,
    cancelLoading: images.cancelLoading,
    connect: () => client.subscribe(takeNews),
  };
}

export type EngineActions = ReturnType<typeof createEngineActions>;
