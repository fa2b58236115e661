import type { EngineClient } from "../client/engine-client";
import type { SizeMinutes } from "../protocol/estimate";
import { isSameDataset } from "../protocol/experiment";
import { openingExperiment } from "../protocol/presets";
import { isSameExperiment } from "../protocol/problems";
import { type AppState, type AppStore, without } from "./app-store";
import { isRunning } from "./engine-actions";
import { currentSize } from "./size-state";

/** Whether the images of the settings are loaded and nothing is trained, so that steps can be measured. */
const canMeasure = (state: AppState): boolean => {
  const { engine, dataset, experiment } = state;
  const isLoaded = dataset.loaded && isSameDataset(dataset.loaded.settings, experiment.dataset);
  return engine.status === "ready" && isLoaded === true && !isRunning(state);
};

/** Without a GPU, the opening experiment is shortened to about this many minutes. */
const openingMinutes: SizeMinutes = 2;

/** The page's requests for estimates. A failed or interrupted one leaves the page without an estimate. */
export function createSizeActions(store: AppStore, client: EngineClient) {
  let measuring: AbortController | undefined;

  /** Estimates the settings, then finds other sizes. @param anew measures again what is remembered */
  async function estimate(anew = false): Promise<void> {
    const state = store.getState();
    const { experiment } = state;
    if (!canMeasure(state) || (currentSize(state)?.sizes && !anew)) return;
    measuring?.abort();
    const controller = new AbortController();
    measuring = controller;
    const { signal } = controller;
    const isWanted = () => measuring === controller && store.getState().experiment === experiment;
    store.setState({ size: { experiment } });
    try {
      const first = await client.request({ type: "estimate", experiment, ...(anew && { anew }) }, { signal });
      if (isWanted()) store.setState({ size: { experiment, estimate: first.estimate } });
      const { sizes } = await client.request({ type: "fit-sizes", experiment }, { signal });
      if (!isWanted()) return;
      store.setState({ size: { experiment, estimate: first.estimate, sizes } });
      if (isTooLong(store.getState())) choose(openingMinutes);
    } catch {
      if (measuring === controller && !store.getState().size?.estimate) forget();
    } finally {
      if (measuring === controller) measuring = undefined;
    }
  }

  const forget = () => store.setState((state) => without(state, "size"), true);

  /** Changes the settings to a size; its estimate is known. */
  function choose(minutes: SizeMinutes): void {
    const state = store.getState();
    const size = currentSize(state);
    const wanted = size?.sizes?.find((one) => one.minutes === minutes);
    if (!size || !wanted) return;
    const before = size.chosen?.before ?? state.experiment;
    const experiment = { ...wanted.experiment, notes: state.experiment.notes };
    const isBefore = isSameExperiment(experiment, before);
    const { estimate } = wanted;
    const { sizes } = size;
    store.setState({
      experiment,
      size: {
        experiment,
        estimate,
        ...(sizes && { sizes }),
        ...(!isBefore && { chosen: { minutes, before } }),
      },
    });
  }

  /** Brings the settings from before a size was chosen back. */
  function leave(): void {
    const state = store.getState();
    const { chosen } = currentSize(state) ?? {};
    if (!chosen) return;
    store.setState(
      (now) => ({ ...without(now, "size"), experiment: { ...chosen.before, notes: now.experiment.notes } }),
      true,
    );
  }

  return { estimate, choose, leave };
}

/** Whether nobody has changed or trained the opening experiment, and it would take long without a GPU. */
function isTooLong({ engine, experiment, run, recorded, size }: AppState): boolean {
  const isOpening = JSON.stringify(experiment) === opening;
  const { ms = 0 } = size?.estimate ?? {};
  const isSlow = engine.status === "ready" && engine.device.software && ms > 60_000 * 1.25 * openingMinutes;
  return isSlow && isOpening && run.status === "idle" && recorded === undefined;
}

const opening = JSON.stringify(openingExperiment());

export type SizeActions = ReturnType<typeof createSizeActions>;
