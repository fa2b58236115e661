import { createStore, type StoreApi } from "zustand/vanilla";
import type { Diagnosis } from "../protocol/device/diagnosis";
import type { Experiment } from "../protocol/experiment";
import type { Failure } from "../protocol/failures";
import type { DeviceDescription, PlannedRun } from "../protocol/messages";
import { openingExperiment } from "../protocol/presets";
import type { UnusableLink } from "../sharing/link";
import { type DatasetState, noDataset, type ViewPreview } from "./dataset-state";
import { type ColoredExperiment, withFreshSlots } from "./experiment/experiment-edits";
import type { RecordedExperiment } from "./experiment/recorded-run";
import type { Gathering } from "./gathering";
import { type HistoryState, noHistory } from "./history/history-state";
import type { PaceSample } from "./progress";
import { idleRun, type RunState } from "./run-state";
import type { SizeState } from "./size-state";
import { initialView, type Phase, type ViewSettings } from "./view-settings";

export type EngineState =
  | { readonly status: "starting" }
  | { readonly status: "ready"; readonly device: DeviceDescription }
  | { readonly status: "failed"; readonly failure: Failure };

export interface Interrupted {
  readonly experiment: Experiment;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** The page's state. Values are never mutated. */
export interface AppState extends ColoredExperiment {
  readonly engine: EngineState;
  readonly dataset: DatasetState;
  readonly preview?: ViewPreview;
  /** Incremented to preview other views of the same images. */
  readonly previewRoll: number;
  /** Plan of the edited experiment. Absent until the engine has computed it. */
  readonly plan?: readonly PlannedRun[];
  /** How long an experiment takes here, and sizes of it that take longer or less. */
  readonly size?: SizeState;
  readonly run: RunState;
  readonly pace: readonly PaceSample[];
  /** Time breakdown of the last measured step. */
  readonly diagnosis?: Diagnosis;
  readonly view: ViewSettings;
  /** A part of the page could not be loaded: the server has a newer version, or cannot be reached. */
  readonly outdated?: true;
  /** The server has a newer version; this one keeps working. */
  readonly renewed?: true;
  /** The address named nothing to show: the page opens with a recorded comparison. */
  readonly arriving: boolean;
  /** Images that the visitor gathers one by one; absent before the first. */
  readonly gathering?: Gathering;
  readonly history: HistoryState;
  /** The recorded curves of the link that was opened. */
  readonly recorded?: RecordedExperiment;
  /** An unfinished training of this browser that can be resumed. */
  readonly interrupted?: Interrupted;
  /** The link that could not be opened, until the visitor has decided. */
  readonly unusableLink?: UnusableLink;
}

export type AppStore = StoreApi<AppState>;

export function createAppStore(initial: Partial<AppState> = {}): AppStore {
  return createStore<AppState>(() => ({
    ...withFreshSlots(openingExperiment()),
    engine: { status: "starting" },
    dataset: noDataset,
    previewRoll: 1,
    run: idleRun,
    pace: [],
    view: initialView,
    history: noHistory,
    arriving: true,
    ...initial,
  }));
}

export const phaseOf = ({ run }: Pick<AppState, "run">): Phase =>
  run.status === "idle" ? "choosing" : "watching";

/** The experiment that was trained, or otherwise the edited one, with the current notes. */
export const experimentToShare = ({ run, experiment }: Pick<AppState, "run" | "experiment">): Experiment => ({
  ...(run.experiment ?? experiment),
  notes: experiment.notes,
});

/** Whether the page shows what it opens with: nothing has been trained or opened yet. */
export const isArriving = ({ arriving, run, recorded, history }: AppState): boolean =>
  arriving && run.status === "idle" && !recorded && history.overlays.length === 0;

/** A copy without the named fields. */
export function without<T extends object, Key extends keyof T>(value: T, ...keys: Key[]): Omit<T, Key> {
  const copy = { ...value };
  for (const key of keys) delete copy[key];
  return copy;
}
