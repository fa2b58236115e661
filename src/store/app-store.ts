import { createStore, type StoreApi } from "zustand/vanilla";
import { defaultExperiment, type Experiment } from "../protocol/experiment";
import type { DeviceDescription, Diagnosis, Failure, PlannedRun } from "../protocol/messages";
import type { UnusableLink } from "../sharing/link";
import { type DatasetState, noDataset, type ViewPreview } from "./dataset-state";
import { type ColoredExperiment, withFreshSlots } from "./experiment-edits";
import type { Gathering } from "./gathering";
import { type HistoryState, noHistory } from "./history-state";
import type { PaceSample } from "./progress";
import type { RecordedExperiment } from "./reproduction";
import { idleRun, type RunState } from "./run-state";
import { initialView, type ViewSettings } from "./view-settings";

export type EngineState =
  | { readonly status: "starting" }
  | { readonly status: "ready"; readonly device: DeviceDescription }
  | { readonly status: "failed"; readonly failure: Failure };

export interface Interrupted {
  readonly experiment: Experiment;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** Everything that the page shows. Values are never changed in place. */
export interface AppState extends ColoredExperiment {
  readonly engine: EngineState;
  readonly dataset: DatasetState;
  readonly preview?: ViewPreview;
  /** Another roll previews other views of the same images. */
  readonly previewRoll: number;
  /** What the edited experiment would train. Absent until the engine has said so. */
  readonly plan?: readonly PlannedRun[];
  readonly run: RunState;
  readonly pace: readonly PaceSample[];
  /** How the last measured step spent its time. */
  readonly diagnosis?: Diagnosis;
  readonly view: ViewSettings;
  /** A part of the page could not be loaded: its server has another version by now, or is out of reach. */
  readonly outdated?: true;
  /** Its server has a newer page; this one works on. */
  readonly renewed?: true;
  /** Images that the visitor gathers one by one; absent before the first. */
  readonly gathering?: Gathering;
  readonly history: HistoryState;
  /** What the link that was opened had recorded. */
  readonly recorded?: RecordedExperiment;
  /** A training that this browser has not ended, and that can be continued. */
  readonly interrupted?: Interrupted;
  /** The link that could not be opened, until the visitor has decided. */
  readonly unusableLink?: UnusableLink;
}

export type AppStore = StoreApi<AppState>;

export function createAppStore(initial: Partial<AppState> = {}): AppStore {
  return createStore<AppState>(() => ({
    ...withFreshSlots(defaultExperiment()),
    engine: { status: "starting" },
    dataset: noDataset,
    previewRoll: 1,
    run: idleRun,
    pace: [],
    view: initialView,
    history: noHistory,
    ...initial,
  }));
}

/** What was trained, or else what is edited, with the notes as they are now. */
export const experimentToShare = ({ run, experiment }: Pick<AppState, "run" | "experiment">): Experiment => ({
  ...(run.experiment ?? experiment),
  notes: experiment.notes,
});

/** A copy in which the named fields are absent. */
export function without<T extends object, Key extends keyof T>(value: T, ...keys: Key[]): Omit<T, Key> {
  const copy = { ...value };
  for (const key of keys) delete copy[key];
  return copy;
}
