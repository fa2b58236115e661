import type { DatasetSettings } from "../protocol/experiment";
import { afterQuiet } from "./after-quiet";
import type { AppState, AppStore } from "./app-store";
import { type DatasetState, sameImages } from "./dataset-state";
import { type EngineActions, isRunning } from "./engine-actions";

const DELAY_MS = 500;

/** Whether files are being read that the changed settings are meant for: no images of another source were chosen. */
const isForThem = ({ chosenBeside }: NonNullable<DatasetState["loading"]>, wanted: DatasetSettings) =>
  chosenBeside !== undefined && (wanted.source === "files" || wanted.source === chosenBeside);

/** Returns a listener that loads the images which the settings name, once these have not changed for a while. */
export function imagesFollow(store: AppStore, engine: Pick<EngineActions, "ensureDataset">) {
  let loadingAtChange: DatasetState["loading"];

  const reload = afterQuiet(DELAY_MS, () => {
    const { dataset, ...state } = store.getState();
    const wanted = state.experiment.dataset;
    const isFetched = wanted.source === "files" && wanted.hub !== undefined && wanted.hub === dataset.fetched;
    const possible = wanted.source !== "files" || isFetched || dataset.files !== undefined;
    // During training its images stay loaded; Start loads the new ones.
    if (!possible || isRunning(state)) return;
    const loading = dataset.loading?.settings;
    if (loading && sameImages(loading, wanted)) return;
    // Images that were asked for after the settings had changed become the settings; others are not wanted any more.
    const isLater = loading !== loadingAtChange?.settings;
    if (loading && (isLater || isForThem(dataset.loading, wanted))) reload();
    else void engine.ensureDataset();
  });

  return (state: AppState, before: AppState): void => {
    if (sameImages(state.experiment.dataset, before.experiment.dataset)) return;
    loadingAtChange = state.dataset.loading;
    reload();
  };
}
