import { type EngineClient, RequestFailed } from "../client/engine-client";
import type { Notification } from "../client/notification-queue";
import type { DatasetPart, FileEntry, GallerySample } from "../protocol/dataset";
import type { DatasetSettings, Experiment } from "../protocol/experiment";
import type { Failure } from "../protocol/messages";
import { type AppStore, without } from "./app-store";
import { type DatasetState, sameImages } from "./dataset-state";
import { withFreshSlots } from "./experiment-edits";
import { addPaceSample, overallProgress } from "./progress";
import { failedRun, idleRun, reduceRun, startedRun, startingRun } from "./run-state";

/** Samples of every class in the gallery, and images whose views are previewed. */
const GALLERY_PER_CLASS = 6;
const PREVIEW_CLASSES = 5;
/** Times that a training is taken up again without having been saved in between. */
const MOST_RECOVERIES = 3;

export function failureOf(error: unknown): Failure {
  if (error instanceof RequestFailed) return error.failure;
  return {
    kind: "internal",
    title: "Something went wrong on this page",
    cause: error instanceof Error ? error.message : String(error),
    action: "Reload the page; the link in the address bar keeps the experiment.",
  };
}

const noFiles = (name: string): Failure => ({
  kind: "dataset-missing",
  title: "The images are not here yet",
  cause: `This experiment trains on “${name}”, images of its author's that never travel in a link.`,
  action: "Drop the same folder or zip file below, or change to the built-in Shapes.",
});

const notFetched = (id: string): Failure => ({
  kind: "dataset-missing",
  title: "The images are not here yet",
  cause: `This experiment trains on “${id}” of the Hugging Face hub. Nothing is fetched unless you ask for it.`,
  action: "Press “Fetch” beside its name below, or change to the built-in Shapes.",
});

/** Whether the experiment that runs still holds the engine. */
export const isRunning = ({ run }: { run: { status: string } }): boolean =>
  run.status === "starting" || run.status === "training" || run.status === "paused";

/** What the page asks of the engine. Failures become state; nothing here throws. */
export function createEngineActions(store: AppStore, client: EngineClient, now: () => number = Date.now) {
  let loading: AbortController | undefined;
  /** What `loading` is the end of. */
  let underWay = Promise.resolve();
  /** While it starts: who else needs it waits for the same. */
  let backend: Promise<void> | undefined;
  let starting: AbortController | undefined;
  let planned = 0;
  let previewed = 0;
  let recoveries = 0;

  const setDataset = (change: (dataset: DatasetState) => DatasetState) =>
    store.setState(({ dataset }) => ({ dataset: change(dataset) }));

  /** @throws RequestFailed */
  function ensureBackend(): Promise<void> {
    if (store.getState().engine.status === "ready") return Promise.resolve();
    backend ??= startBackend().finally(() => {
      backend = undefined;
    });
    return backend;
  }

  /** @throws RequestFailed */
  async function startBackend(): Promise<void> {
    store.setState({ engine: { status: "starting" } });
    try {
      const { device } = await client.request({ type: "start-backend" });
      store.setState({ engine: { status: "ready", device } });
    } catch (error) {
      store.setState({ engine: { status: "failed", failure: failureOf(error) } });
      throw error;
    }
  }

  /** @throws RequestFailed; a dataset that was loaded before stays as it was */
  function load(settings: DatasetSettings, files: readonly FileEntry[] | undefined): Promise<void> {
    underWay = loadAnew(settings, files);
    return underWay;
  }

  /** @throws RequestFailed */
  async function loadAnew(settings: DatasetSettings, files: readonly FileEntry[] | undefined): Promise<void> {
    loading?.abort();
    const controller = new AbortController();
    loading = controller;
    setDataset((dataset) => ({ ...without(dataset, "failure"), loading: { settings } }));
    const options = {
      signal: controller.signal,
      onProgress: (progress: NonNullable<DatasetState["loading"]>["progress"]) =>
        setDataset((dataset) =>
          progress && loading === controller ? { ...dataset, loading: { settings, progress } } : dataset,
        ),
    };
    try {
      const { summary } = await client.request(loadRequest(settings, files), options);
      setDataset((dataset) => ({
        ...without(dataset, "loading", "failure"),
        loaded: { settings, summary },
        gallery: [],
        ...(files && { files }),
      }));
      nameContent(settings, summary.hash);
    } catch (error) {
      const failure = failureOf(error);
      const superseded = loading !== controller;
      if (!superseded) {
        setDataset((dataset) => ({
          ...without(dataset, "loading"),
          ...(failure.kind !== "cancelled" && { failure }),
        }));
      }
      throw error;
    } finally {
      if (loading === controller) loading = undefined;
    }
    void showGallery();
  }

  /** @throws RequestFailed for images that are neither here nor may be fetched */
  function loadRequest(settings: DatasetSettings, files: readonly FileEntry[] | undefined) {
    if (settings.source === "shapes") return { type: "load-shapes", settings } as const;
    const { fetched } = store.getState().dataset;
    if (settings.hub && settings.hub === fetched) return { type: "load-download", settings } as const;
    if (settings.hub) throw new RequestFailed(notFetched(settings.hub));
    if (!files) throw new RequestFailed(noFiles(settings.name));
    return { type: "load-files", settings, entries: files } as const;
  }

  /** A link to images of the visitor's tells a recipient which they were. */
  function nameContent(settings: DatasetSettings, hash: string): void {
    const { experiment } = store.getState();
    const { dataset } = experiment;
    if (dataset.source !== "files" || dataset.hash || !sameImages(settings, dataset)) return;
    store.setState({ experiment: { ...experiment, dataset: { ...dataset, hash } } });
  }

  async function showGallery(): Promise<void> {
    try {
      const { samples } = await client.request({
        type: "sample-gallery",
        part: "train",
        perClass: GALLERY_PER_CLASS,
      });
      setDataset((dataset) => ({ ...dataset, gallery: samples }));
      await preview();
    } catch {
      // A gallery is a convenience: the dataset itself has been loaded, and training says what is wrong with it.
    }
  }

  /** @throws RequestFailed */
  async function ensureDataset(): Promise<void> {
    const { experiment, dataset } = store.getState();
    // Whoever else needs the same images waits for them: to begin anew would fail the one who asked first.
    if (dataset.loading && sameImages(dataset.loading.settings, experiment.dataset)) return underWay;
    if (dataset.loaded && sameImages(dataset.loaded.settings, experiment.dataset) && !dataset.loading) return;
    await load(experiment.dataset, dataset.files);
  }

  /** The views of the first gallery images, by the recipes of the edited experiment. */
  async function preview(): Promise<void> {
    const { dataset, experiment, previewRoll: roll } = store.getState();
    const images = dataset.gallery.filter(
      ({ label }, at, all) => label < PREVIEW_CLASSES && all.findIndex((s) => s.label === label) === at,
    );
    const indices = images.map(({ index }) => index);
    if (indices.length === 0) return;
    const wanted = ++previewed;
    // The two views of an image are drawn apart, as they are in training.
    const ask = (recipe: Experiment["views"]["first"], view: 0 | 1) =>
      client.request({ type: "preview-views", recipe, indices, roll: 2 * roll + view });
    try {
      const { first: one, second: other } = experiment.views;
      const [first, second] = await Promise.all([ask(one, 0), ask(other, 1)]);
      if (wanted === previewed) {
        store.setState({ preview: { images, first: first.views, second: second.views } });
      }
    } catch {
      // As the gallery: a picture less, nothing lost.
    }
  }

  /** Images that the training that is shown was judged by or learnt from; none where the engine holds others now. */
  async function showImages(
    part: DatasetPart,
    indices: readonly number[],
  ): Promise<readonly GallerySample[]> {
    const { run, dataset } = store.getState();
    const { loaded } = dataset;
    if (!run.experiment || !loaded || !sameImages(run.experiment.dataset, loaded.settings)) return [];
    try {
      return (await client.request({ type: "show-images", part, indices })).samples;
    } catch {
      return [];
    }
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
      await lookForInterrupted();
      const { source } = store.getState().experiment.dataset;
      if (source === "shapes" || store.getState().dataset.files) await ensureDataset();
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
    const run = startingRun(opened.experiment, opened.armSlots);
    store.setState({ ...without(state, "preview"), ...opened, run, pace: [] }, true);
    try {
      await ensureBackend();
      const { runs, summary } = await client.request({ type: "continue" });
      store.setState((now) => ({ run: startedRun(now.run, runs) }));
      if (!summary) return;
      const { dataset } = opened.experiment;
      const settings = dataset.source === "files" ? { ...dataset, hash: summary.hash } : dataset;
      setDataset((now) => ({
        ...without(now, "failure", "loading"),
        loaded: { settings, summary },
        gallery: [],
      }));
      void showGallery();
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
      await ensureDataset();
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
      loading?.abort();
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
      const { interrupted } = store.getState();
      const isIt = trained && JSON.stringify(interrupted?.experiment) === JSON.stringify(trained);
      if (isIt && recoveries++ < MOST_RECOVERIES) await continueInterrupted();
    } else {
      const failure = failureOf(new Error("The training engine could not be loaded."));
      store.setState({ engine: { status: "failed", failure } });
    }
  }

  return {
    boot,
    start,
    continueInterrupted,
    forgetInterrupted,
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
    showImages,
    restart: async () => {
      if (isRunning(store.getState())) await stop();
      await start();
    },
    replan,
    preview,
    reroll: () => {
      store.setState(({ previewRoll }) => ({ previewRoll: previewRoll + 1 }));
      return preview();
    },
    ensureDataset: () => ensureDataset().catch(() => undefined),
    load,
    cancelLoading: () => loading?.abort(),
    connect: () => client.subscribe(takeNews),
  };
}

export type EngineActions = ReturnType<typeof createEngineActions>;
