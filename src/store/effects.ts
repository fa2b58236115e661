import { readAddressBar, watchAddressBar, writeAddressBar } from "../sharing/address-bar";
import { presetInAddress, recordInAddress } from "../sharing/link";
import { afterQuiet } from "./after-quiet";
import type { AppState, AppStore } from "./app-store";
import { type EngineActions, isRunning } from "./engine-actions";
import type { ExperimentActions } from "./experiment/experiment-actions";
import type { HistoryLoader } from "./history/history-loader";
import { imagesFollow } from "./images-follow";
import { createWakefulness } from "./keep-awake";
import type { SizeActions } from "./size-actions";

const PLAN_DELAY_MS = 250;
const PREVIEW_DELAY_MS = 150;
/** Steps are measured on all cores: only once nothing has been changed, loaded or trained for a while. */
const ESTIMATE_DELAY_MS = 3_000;

/** Milliseconds after which the engine is started in any case. Start does not wait for it. */
const LONGEST_WAIT_MS = 1_500;

/** After the page has been drawn: without a GPU the engine starts with measurements that use every core. */
function whenIdle(action: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(action, { timeout: LONGEST_WAIT_MS });
  else setTimeout(action, LONGEST_WAIT_MS / 10);
}

/** Side effects of state changes: address bar, plan, preview and images follow the settings. */
export function connectEffects(
  store: AppStore,
  engine: EngineActions,
  experiment: ExperimentActions,
  history: HistoryLoader,
  sizes: SizeActions,
): () => void {
  const replan = afterQuiet(PLAN_DELAY_MS, () => void engine.replan());
  const preview = afterQuiet(PREVIEW_DELAY_MS, () => void engine.preview());
  const loadImages = imagesFollow(store, engine);

  function follow(state: AppState, before: AppState): void {
    const { experiment, recorded } = state;
    const isWritten = experiment === before.experiment && recorded === before.recorded;
    if (!isWritten && !state.unusableLink) writeAddressBar(experiment, recorded);
    if (experiment === before.experiment) return;
    replan();
    if (experiment.views !== before.experiment.views) preview();
    loadImages(state, before);
  }

  const estimate = afterQuiet(ESTIMATE_DELAY_MS, () => {
    if (isVisible()) whenIdle(() => void sizes.estimate());
  });
  /** Whatever an estimate depends on has changed, or it could not be made before. */
  const followSize = (state: AppState, before: AppState) => {
    const isSame =
      state.experiment === before.experiment &&
      state.dataset.loaded === before.dataset.loaded &&
      state.engine.status === before.engine.status &&
      state.run.status === before.run.status;
    if (!isSame) estimate();
  };

  const wakefulness = createWakefulness(navigator);
  const isTraining = ({ run }: AppState) => run.status === "training";
  const isVisible = () => document.visibilityState === "visible";
  const watchTraining = (state: AppState, before: AppState) => {
    if (isTraining(state) === isTraining(before)) return;
    void wakefulness.update(isTraining(state), isVisible());
    if (isTraining(state)) void wakefulness.keepFiles();
  };
  const saveWhenHidden = () => {
    if (!isVisible() && isRunning(store.getState())) {
      void engine.save();
      void history.saveNow();
    }
    void wakefulness.update(isTraining(store.getState()), isVisible());
    if (isVisible()) estimate();
  };
  document.addEventListener("visibilitychange", saveWhenHidden);
  // Vite's event for a part of the page that its server no longer has.
  const markOutdated = () => store.setState({ outdated: true });
  window.addEventListener("vite:preloadError", markOutdated);

  const asked = readAddressBar();
  const record = recordInAddress(window.location.href);
  const preset = presetInAddress(window.location.href);
  if (asked.kind !== "none" || record !== undefined || preset !== undefined) {
    store.setState({ arriving: false });
  }
  if (asked.kind !== "none") experiment.openLink(asked);
  else if (record === undefined) void experiment.openPreset(preset);
  // The settings of a link go before those of the recording.
  if (record !== undefined && asked.kind !== "unusable")
    void experiment.openRecord(record, asked.kind === "none");
  const ends = [
    store.subscribe(follow),
    store.subscribe(watchTraining),
    store.subscribe(followSize),
    watchAddressBar(experiment.openLink),
    engine.connect(),
    history.connect(),
    () => document.removeEventListener("visibilitychange", saveWhenHidden),
    () => window.removeEventListener("vite:preloadError", markOutdated),
  ];
  whenIdle(() => void engine.boot());
  return () => {
    for (const end of ends) end();
  };
}
